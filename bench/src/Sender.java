import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection to the service, kept open; used by one thread at a time. */
final class Sender implements AutoCloseable {
  private final int port;
  private Socket socket;
  private BufferedInputStream in;

  Sender(int port) {
    this.port = port;
  }

  void connect() throws IOException {
    if (socket == null) {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
      in = new BufferedInputStream(socket.getInputStream());
    }
  }

  /** Posts one webhook and returns the status of the answer. */
  int post(String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /webhooks/bench HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n"
                .formatted(port, Service.TOKEN)
            + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(bytes.length);
    byte[] request = (head + body).getBytes(StandardCharsets.UTF_8);
    connect();
    try {
      socket.getOutputStream().write(request);
      return Integer.parseInt(Wire.read(in).first().substring(9, 12));
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
