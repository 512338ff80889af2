package dev.firebreak.expression;

import java.io.Writer;

/** The text of one rendering as it grows; it knows where in it the next value stands. */
final class Writing extends Writer {
  private final StringBuilder text = new StringBuilder();
  private int scanned;
  private boolean quoted;

  @Override
  public void write(char[] chars, int offset, int length) {
    text.append(chars, offset, length);
  }

  @Override
  public void write(int character) {
    text.append((char) character);
  }

  @Override
  public void write(String part) {
    text.append(part);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  /** What was written so far. */
  String text() {
    return text.toString();
  }

  /** Whether what was written so far ends inside a JSON string. */
  boolean insideQuotes() {
    for (; scanned < text.length(); scanned++) {
      if (quoted && text.charAt(scanned) == '\\') {
        scanned++;
      } else if (text.charAt(scanned) == '"') {
        quoted = !quoted;
      }
    }
    return quoted;
  }
}
