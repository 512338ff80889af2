import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the runbook looks at, changes and writes tickets to; answers at once and notes when. */
final class Stub implements AutoCloseable {
  private static final Pattern WORKER = Pattern.compile("w(\\d{7})x");
  private static final Pattern ISSUE = Pattern.compile("/issues/(\\d+)\\.json");
  private static final Pattern DESCRIPTION =
      Pattern.compile("\"description\":(\"(?:[^\"\\\\]|\\\\.)*+\")");

  final AtomicLong requests = new AtomicLong();
  private final ServerSocket server;
  private final Map<Integer, Workflow> workflows = new ConcurrentHashMap<>();
  private volatile int requestsOfOne = Integer.MAX_VALUE;

  Stub() throws IOException {
    server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("stub").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  void expect(Workflow workflow) {
    workflows.put(workflow.number, workflow);
  }

  /** A workflow is done with its so many-th request. */
  void requestsOfOne(int count) {
    requestsOfOne = count;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed: the benchmark is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (true) {
        Wire.Text request = Wire.read(in);
        long now = System.nanoTime();
        requests.incrementAndGet();
        String body = answer(request, now);
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        String head =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n";
        out.write((head.formatted(length) + body).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // the service closed this connection
    }
  }

  private String answer(Wire.Text request, long now) {
    String path = request.first().split(" ")[1];
    if (path.startsWith("/users/")) {
      return "{\"user\":{\"id\":1,\"login\":\"bench\"}}";
    }
    if (path.startsWith("/issues.json") && request.first().startsWith("GET")) {
      return "{\"issues\":[],\"total_count\":0}";
    }
    Workflow workflow = workflows.get(number(path, request.body()));
    if (workflow == null) {
      return "{}";
    }
    String body = answer(request, path, workflow, now);
    if (workflow.requests.incrementAndGet() == requestsOfOne) {
      workflow.last = now;
      workflow.description = "";
      workflow.done.countDown();
    }
    return body;
  }

  private static String answer(Wire.Text request, String path, Workflow workflow, long now) {
    if (path.startsWith("/queue/") || path.startsWith("/health/")) {
      workflow.firstLook = workflow.firstLook == 0 ? now : workflow.firstLook;
      return "{\"status\":\"stuck\",\"waiting\":12}";
    }
    if (path.startsWith("/restart/")) {
      workflow.changes.incrementAndGet();
    } else if (path.startsWith("/issues")) {
      return issue(request, workflow, now);
    }
    return "{\"status\":\"ok\"}";
  }

  private static String issue(Wire.Text request, Workflow workflow, long now) {
    if (request.first().startsWith("POST")) {
      workflow.ticketed = now;
      Matcher matcher = DESCRIPTION.matcher(request.body());
      workflow.description = matcher.find() ? matcher.group(1) : "\"\"";
    }
    return "{\"issue\":{\"id\":%d,\"status\":{\"id\":1,\"name\":\"New\"},\"description\":%s}}"
        .formatted(workflow.number + 1, workflow.description);
  }

  private static int number(String path, String body) {
    Matcher issue = ISSUE.matcher(path);
    if (issue.find()) {
      return Integer.parseInt(issue.group(1)) - 1;
    }
    Matcher worker = WORKER.matcher(path.equals("/issues.json") ? body : path);
    return worker.find() ? Integer.parseInt(worker.group(1)) : -1;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
