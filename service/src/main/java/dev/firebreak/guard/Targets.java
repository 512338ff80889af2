package dev.firebreak.guard;

import java.util.Locale;

/** What changes are made to. */
public final class Targets {
  private Targets() {}

  /** What is the same for two names of one target: however their letters are written. */
  public static String key(String target) {
    return target.toLowerCase(Locale.ROOT);
  }
}
