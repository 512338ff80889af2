package dev.firebreak.expression;

import java.io.Writer;

/** The text of one rendering as it grows; it knows where in it the next value stands. */
final class Writing extends Writer {
  private static final int LONGEST = 4_000_000;
  private static final int MOST_SECTIONS = 100_000;

  private final StringBuilder text = new StringBuilder();
  private int sections;
  private int scanned;
  private boolean quoted;

  @Override
  public void write(char[] chars, int offset, int length) {
    bounded(length);
    text.append(chars, offset, length);
  }

  @Override
  public void write(int character) {
    text.append((char) character);
  }

  @Override
  public void write(String part) {
    bounded(part.length());
    text.append(part);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  private void bounded(int more) {
    if (text.length() + more > LONGEST) {
      throw new ExpressionException("the text grows beyond " + LONGEST + " characters");
    }
  }

  /** Counts a section, so that sections within sections end. */
  void section() {
    if (++sections > MOST_SECTIONS) {
      throw new ExpressionException("more than " + MOST_SECTIONS + " sections are repeated");
    }
  }

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
