import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the runbooks talk to: all is well at once, and a list is as long as it is asked to be. */
final class Echo implements AutoCloseable {
  private static final String LIST = "/items/";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Echo() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.createContext("/", Echo::answer);
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body =
        (path.startsWith(LIST) ? items(path.substring(LIST.length())) : "{\"status\": \"ok\"}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** As many as stand before the dash: {@code 300-7} has 300. */
  private static String items(String name) {
    return IntStream.range(0, Integer.parseInt(name.substring(0, name.indexOf('-'))))
        .mapToObj("\"i%05d\""::formatted)
        .collect(Collectors.joining(",", "{\"items\": [", "]}"));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
