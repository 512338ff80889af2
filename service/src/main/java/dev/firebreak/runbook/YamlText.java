package dev.firebreak.runbook;

import java.util.Optional;

/** Looks at a file's characters before anything parses them. */
final class YamlText {
  /** The longest file, in characters. */
  static final int LONGEST = 256 * 1024;

  private static final String BOM = "a byte order mark";

  private YamlText() {}

  /**
   * Reports what must not stand in a file at all.
   *
   * @return the text with a space in the place of each of these, so that all else can be reported
   *     too; empty when it is too long to be read
   */
  static Optional<String> check(String text, Findings findings) {
    if (text.length() > LONGEST) {
      findings.error(
          1,
          1,
          "too-large",
          "the file has " + text.length() + " characters, at most " + LONGEST + " are read",
          "split it into several runbooks");
      return Optional.empty();
    }
    return Optional.of(characters(text, findings));
  }

  private static String characters(String text, Findings findings) {
    StringBuilder readable = new StringBuilder(text.length());
    int line = 1;
    int column = 0;
    int reported = 0;
    for (int point : text.codePoints().toArray()) {
      column++;
      String what = line == 1 && column == 1 && point == 0xFEFF ? BOM : fault(point);
      if (!what.isEmpty() && line != reported) {
        findings.error(line, column, "character", what, advice(point));
        reported = line;
      }
      readable.appendCodePoint(what.isEmpty() ? point : ' ');
      if (point == '\n') {
        line++;
        column = 0;
      }
    }
    return text.startsWith("\uFEFF") ? readable.substring(1) : readable.toString();
  }

  private static String advice(int point) {
    if (point == 0xFEFF) {
      return "save it as UTF-8 without one";
    }
    return point == '\t'
        ? "indent with spaces; in a text write \"\\t\""
        : "remove it, or write it escaped in double quotes";
  }

  private static String fault(int point) {
    if (point == '\t') {
      return "a tab";
    }
    if (Character.isISOControl(point) && point != '\n' && point != '\r') {
      return "the control character U+%04X".formatted(point);
    }
    boolean turns =
        point >= 0x202A && point <= 0x202E
            || point >= 0x2066 && point <= 0x2069
            || point == 0x200E
            || point == 0x200F
            || point == 0x061C;
    if (turns) {
      return "the character U+%04X, which changes the direction of text".formatted(point);
    }
    boolean broken = point >= 0xD800 && point <= 0xDFFF || point == 0xFEFF;
    return broken ? "the character U+%04X".formatted(point) : "";
  }
}
