package dev.firebreak.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** How long the machine has been up, with the time it slept, where the system tells. */
final class Uptime {
  private static final Path FILE = Path.of("/proc/uptime");

  private Uptime() {}

  /** Nanoseconds since it was started; where nobody tells, a clock that stands while it sleeps. */
  static LongSupplier clock() {
    return Files.isReadable(FILE) ? Uptime::read : System::nanoTime;
  }

  private static long read() {
    try {
      String seconds = Files.readString(FILE).split(" ", 2)[0];
      return (long) (Double.parseDouble(seconds) * 1e9);
    } catch (IOException | NumberFormatException e) {
      // As if it had not slept: the wall clock is then followed slowly.
      return System.nanoTime();
    }
  }
}
