package dev.firebreak.app;

import dev.firebreak.channel.Words;

/** Words of others as a terminal may show them: one line, no escapes that would steer it. Pure. */
final class Printed {
  private static final int LONGEST = 400;

  private Printed() {}

  static String line(String text) {
    return Words.line(text, LONGEST);
  }
}
