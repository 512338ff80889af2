package dev.firebreak.action;

/** Long texts, cut for the places that keep them for ever. */
public final class Excerpt {
  /** How much of a text an output may hold, in characters; all of it is in the evidence. */
  public static final int MAX = 64 * 1024;

  private Excerpt() {}

  /** The text, or its beginning with a mark that says how much is missing. */
  public static String of(String text) {
    return of(text, MAX);
  }

  /** The text, or its first {@code max} characters with a mark that says how much is missing. */
  public static String of(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return text.substring(0, end) + mark(text.length() - (long) end, "characters");
  }

  /** The mark: {@code … 17 bytes dropped}. */
  public static String mark(long dropped, String unit) {
    return "\n… " + dropped + " " + unit + " dropped\n";
  }
}
