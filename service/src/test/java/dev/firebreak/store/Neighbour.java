package dev.firebreak.store;

import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.run.Incident;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Another process on the same file: it writes and tells each id once it is acknowledged. */
final class Neighbour {
  private static final int IN_FLIGHT = 64;

  private Neighbour() {}

  /** Starts one. */
  static Process start(Path file) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"))
                    + File.pathSeparator,
                Neighbour.class.getName(),
                file.toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Database database;
    try {
      database = Opened.file(Path.of(arguments[0]));
    } catch (StoreUnavailable e) {
      out.println("refused: " + e.getMessage());
      System.exit(1);
      return;
    }
    out.println("open");
    Semaphore free = new Semaphore(IN_FLIGHT);
    while (true) {
      free.acquire();
      Incident incident = Samples.incident(java.util.UUID.randomUUID().toString());
      database
          .ledger()
          .commit(
              tx -> {
                database.incidents().add(tx, incident);
                return incident.key();
              })
          .whenComplete(
              (key, failure) -> {
                if (failure == null) {
                  out.println(key);
                }
                free.release();
              });
    }
  }
}
