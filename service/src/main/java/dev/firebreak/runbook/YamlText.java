package dev.firebreak.runbook;

/** Looks at a file's characters before anything parses them. */
final class YamlText {
  /** The longest file, in characters. */
  static final int LONGEST = 256 * 1024;

  private YamlText() {}

  /** Reports what must not stand in a file at all; true when it may be parsed. */
  static boolean check(String text, Findings findings) {
    if (text.length() > LONGEST) {
      findings.error(
          1,
          1,
          "too-large",
          "the file has " + text.length() + " characters, at most " + LONGEST + " are read",
          "split it into several runbooks");
      return false;
    }
    if (text.startsWith("\uFEFF")) {
      findings.error(
          1, 1, "bom", "the file begins with a byte order mark", "save it as UTF-8 without BOM");
      return false;
    }
    return characters(text, findings);
  }

  private static boolean characters(String text, Findings findings) {
    boolean fine = true;
    int line = 1;
    int column = 0;
    for (int point : text.codePoints().toArray()) {
      column++;
      String what = fault(point);
      if (!what.isEmpty() && fine) {
        findings.error(line, column, "character", what, advice(point));
        fine = false;
      }
      if (point == '\n') {
        line++;
        column = 0;
      }
    }
    return fine;
  }

  private static String advice(int point) {
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
