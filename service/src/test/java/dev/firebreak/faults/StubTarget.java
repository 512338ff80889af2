package dev.firebreak.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the service of the test acts on: it remembers every request, and may do something exactly
 * when one arrives. {@code GET /health/x} reads, {@code POST /fix/x} changes, {@code GET /state/x}
 * is 200 once x was changed and 503 before. Thread-safe.
 */
final class StubTarget implements AutoCloseable {
  /** When something is to be done. */
  enum Moment {
    DIAGNOSE,
    BEFORE_ANSWER,
    AFTER_ANSWER,
    VERIFY
  }

  /**
   * A change that arrived.
   *
   * @param target what was to be changed
   * @param key its Idempotency-Key, empty when it had none
   */
  record Fix(String target, String key) {}

  private record Armed(Moment moment, AtomicInteger pass, Runnable deed) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Fix> fixes = new CopyOnWriteArrayList<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicReference<@Nullable Armed> armed = new AtomicReference<>();

  StubTarget() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.createContext("/health/", this::health);
    server.createContext("/fix/", this::fix);
    server.createContext("/state/", this::state);
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Does something once, at this moment, after it let some requests of this kind pass. */
  void arm(Moment moment, int pass, Runnable deed) {
    armed.set(new Armed(moment, new AtomicInteger(pass), deed));
  }

  void disarm() {
    armed.set(null);
  }

  /** Every change that ever arrived, in order. */
  List<Fix> fixes() {
    return List.copyOf(fixes);
  }

  /** How many requests that only read ever arrived. */
  int reads() {
    return reads.get();
  }

  boolean saw(String target) {
    return fixes.stream().anyMatch(fix -> fix.target().equals(target));
  }

  private void reached(Moment moment) {
    Armed now = armed.get();
    if (now != null
        && now.moment() == moment
        && now.pass().getAndDecrement() <= 0
        && armed.compareAndSet(now, null)) {
      now.deed().run();
    }
  }

  private void health(HttpExchange exchange) throws IOException {
    reads.incrementAndGet();
    reached(Moment.DIAGNOSE);
    answer(exchange, 200, "{\"health\": \"bad\", \"of\": \"" + target(exchange) + "\"}");
  }

  private void fix(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    fixes.add(new Fix(target(exchange), key == null ? "" : key));
    reached(Moment.BEFORE_ANSWER);
    answer(exchange, 200, "{}");
    reached(Moment.AFTER_ANSWER);
  }

  private void state(HttpExchange exchange) throws IOException {
    reads.incrementAndGet();
    reached(Moment.VERIFY);
    answer(exchange, saw(target(exchange)) ? 200 : 503, "{}");
  }

  private static String target(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
