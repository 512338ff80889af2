package dev.firebreak.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A small service that can be made to hang for real: it has one lock around its "database", and
 * {@code POST /break} starts a job that takes the lock and never gives it back. A process of its
 * own.
 */
public final class Patient {
  private static final int WORKERS = 4;

  private final ReentrantLock database = new ReentrantLock();
  private final Path log;

  private Patient(Path log) {
    this.log = log;
  }

  /**
   * Serves until it is killed.
   *
   * @param args the port, and the folder for its pid file and log
   */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    Path folder = Path.of(args[1]);
    new Patient(folder.resolve("patient.log")).serve(port);
    Files.writeString(folder.resolve("patient.pid"), Long.toString(ProcessHandle.current().pid()));
  }

  private void serve(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    server.setExecutor(
        Executors.newFixedThreadPool(WORKERS, Thread.ofPlatform().name("worker-", 0).factory()));
    server.createContext("/health", this::health);
    server.createContext("/break", this::hang);
    server.start();
    say("INFO serving on port " + port + " with " + WORKERS + " workers");
  }

  private void health(HttpExchange exchange) throws IOException {
    database.lock();
    try {
      answer(exchange, 200, "{\"status\":\"ok\"}");
    } finally {
      database.unlock();
    }
  }

  private void hang(HttpExchange exchange) throws IOException {
    CountDownLatch taken = new CountDownLatch(1);
    Thread.ofPlatform()
        .name("nightly-report")
        .start(
            () -> {
              database.lock();
              taken.countDown();
              waitForEver();
            });
    try {
      taken.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    say("ERROR nightly-report: took the database lock and waits for an answer that never comes");
    answer(exchange, 202, "{\"status\":\"broken\"}");
  }

  private static void waitForEver() {
    CountDownLatch never = new CountDownLatch(1);
    while (true) {
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void say(String line) throws IOException {
    Files.writeString(
        log,
        Instant.now() + " " + line + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
