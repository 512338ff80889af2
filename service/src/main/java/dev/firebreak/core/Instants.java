package dev.firebreak.core;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** Moments as sentences name them: to the second, in UTC. */
public final class Instants {
  private Instants() {}

  /** {@code 2026-11-23T08:16:31Z}; nobody who reads a sentence asks for less than a second. */
  public static String text(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The same of a moment that is written out; any other text stays as it is. */
  public static String text(String written) {
    try {
      return text(Instant.parse(written));
    } catch (DateTimeParseException e) {
      return written;
    }
  }
}
