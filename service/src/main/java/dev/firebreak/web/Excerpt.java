package dev.firebreak.web;

/**
 * The beginning of a long text.
 *
 * @param text what fits
 * @param left how much is left out, in characters as a text; empty when nothing is
 */
record Excerpt(String text, String left) {
  static Excerpt of(String text, int most) {
    if (text.length() <= most) {
      return new Excerpt(text, "");
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return new Excerpt(text.substring(0, end), Integer.toString(text.length() - end));
  }

  /** A text cut to one line's length, with the mark of the cut. */
  static String line(String text, int most) {
    Excerpt excerpt = of(text, most);
    return excerpt.left().isEmpty() ? text : excerpt.text() + "…";
  }

  /** A text to which another sentence is added. */
  static String sentence(String text) {
    return text.isEmpty() || ".!?…".indexOf(text.charAt(text.length() - 1)) >= 0
        ? text
        : text + ".";
  }
}
