package dev.firebreak.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Firebreak on a machine whose wall clock is wrong by as many seconds as a file says, which may
 * change at any time. Only the clock of the service is; not the one of the database.
 */
public final class SkewedMain {
  /** The system property that names the file. */
  public static final String FILE = "firebreak.skew";

  private SkewedMain() {}

  /** {@code server config.yml}. */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(System.getProperty(FILE));
    new FirebreakApplication(System.out, List.of(), () -> Instant.now().plusSeconds(skew(file)))
        .run(args);
  }

  private static long skew(Path file) {
    try {
      String text = Files.exists(file) ? Files.readString(file).strip() : "";
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
