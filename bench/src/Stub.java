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
  private static final Pattern SOUGHT = Pattern.compile("subject=(?:~|%7E)(\\w+)");
  private static final Pattern MARKER = Pattern.compile("\"subject\":\"[^\"]*\\[(\\w+)]\"");
  private static final Pattern DESCRIPTION =
      Pattern.compile("\"description\":(\"(?:[^\"\\\\]|\\\\.)*+\")");

  final AtomicLong requests = new AtomicLong();
  private final ServerSocket server;
  private final Map<Integer, Workflow> workflows = new ConcurrentHashMap<>();
  private final Map<String, Workflow> tickets = new ConcurrentHashMap<>();
  private volatile long changeMillis;
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

  /** From now on a change is answered only after so long; it is made when it arrives. */
  void changesTake(long millis) {
    changeMillis = millis;
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
        if (changeMillis > 0 && request.first().contains(" /restart/")) {
          Thread.sleep(changeMillis);
        }
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        String head =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n";
        out.write((head.formatted(length) + body).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException | InterruptedException e) {
      // the service closed this connection
    }
  }

  private String answer(Wire.Text request, long now) {
    String path = request.first().split(" ")[1];
    if (path.startsWith("/users/")) {
      return "{\"user\":{\"id\":1,\"login\":\"bench\"}}";
    }
    if (path.startsWith("/issues.json") && request.first().startsWith("GET")) {
      return found(path);
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

  private String answer(Wire.Text request, String path, Workflow workflow, long now) {
    if (path.startsWith("/queue/") || path.startsWith("/health/")) {
      workflow.firstLook = workflow.firstLook == 0 ? now : workflow.firstLook;
      return "{\"status\":\"stuck\",\"waiting\":12}";
    }
    if (path.startsWith("/restart/")) {
      workflow.changes.incrementAndGet();
    } else if (path.startsWith("/proof/") && workflow.changes.get() == 0) {
      return "{\"status\":\"stuck\"}";
    } else if (path.startsWith("/issues")) {
      return issue(request, workflow, now);
    }
    return "{\"status\":\"ok\"}";
  }

  private String found(String path) {
    Matcher sought = SOUGHT.matcher(path);
    Workflow workflow = sought.find() ? tickets.get(sought.group(1)) : null;
    return workflow == null
        ? "{\"issues\":[],\"total_count\":0}"
        : "{\"issues\":[{\"id\":%d,\"subject\":\"[%s]\"}],\"total_count\":1}"
            .formatted(workflow.number + 1, sought.group(1));
  }

  private String issue(Wire.Text request, Workflow workflow, long now) {
    if (request.first().startsWith("POST")) {
      workflow.ticketed = now;
      workflow.tickets.incrementAndGet();
      Matcher marker = MARKER.matcher(request.body());
      if (marker.find()) {
        tickets.put(marker.group(1), workflow);
      }
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
