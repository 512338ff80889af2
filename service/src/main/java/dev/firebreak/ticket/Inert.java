package dev.firebreak.ticket;

import java.util.regex.Pattern;

/** Writes values so that a ticket system shows them and does nothing else with them. Pure. */
final class Inert {
  private static final int MAX_LENGTH = 2_000;

  /** Invisible, and no part of any link, macro or mention. */
  private static final char JOINER = '\u2060';

  private static final String MARKDOWN_MARKS = "\\`*_[]<>&#|~!@$^{}";
  private static final String TEXTILE_MARKS = "&<>@*[]{}|!#\"'=()\\^~%+_-?";
  private static final String TEXTILE_INSIDE_WORDS = "+_-'?";

  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF]");

  private Inert() {}

  /** Without line breaks, control characters and marks that turn the direction of writing. */
  static String oneLine(String text) {
    if (text.length() <= MAX_LENGTH && isPlain(text)) {
      return text.strip();
    }
    String line = UNSEEN.matcher(SPACES.matcher(text).replaceAll(" ")).replaceAll("").strip();
    if (line.length() <= MAX_LENGTH) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    return line.substring(0, end) + "…";
  }

  /** Whether it is all visible ASCII and single spaces, as almost every value is. */
  private static boolean isPlain(String text) {
    char before = 'x';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || (c == ' ' && before == ' ')) {
        return false;
      }
      before = c;
    }
    return true;
  }

  static String markdown(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isMarkdownMark(text, i)
          || endsWww(text, i)
          || isListNumber(text, i)
          || beginsAuthority(text, i)) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  /** Inside a word an underscore emphasises nothing, and a sign before it begins no list. */
  private static boolean isMarkdownMark(String text, int i) {
    char c = text.charAt(i);
    boolean word = i + 1 < text.length() && Character.isLetterOrDigit(text.charAt(i + 1));
    if (c == '_') {
      return !(word && i > 0 && Character.isLetterOrDigit(text.charAt(i - 1)));
    }
    return MARKDOWN_MARKS.indexOf(c) >= 0
        || (i == 0 && (c == '=' || (!word && (c == '-' || c == '+'))));
  }

  static String redmine(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean mark = "\\`*_[]<>&#|~!^{}".indexOf(c) >= 0 || (i == 0 && "-+=".indexOf(c) >= 0);
      if (mark || isListNumber(text, i)) {
        out.append('\\');
      }
      out.append(c);
      if ("@#[{:".indexOf(c) >= 0 || endsWww(text, i)) {
        out.append(JOINER);
      }
    }
    return out.toString();
  }

  static String textile(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isTextileMark(text, i)) {
        out.append("&#").append((int) c).append(';');
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean isTextileMark(String text, int i) {
    char c = text.charAt(i);
    boolean insideWord =
        i > 0
            && i + 1 < text.length()
            && Character.isLetterOrDigit(text.charAt(i - 1))
            && Character.isLetterOrDigit(text.charAt(i + 1));
    if (c == ':') {
      boolean clock =
          insideWord
              && Character.isDigit(text.charAt(i - 1))
              && Character.isDigit(text.charAt(i + 1));
      return !clock && i + 1 < text.length() && text.charAt(i + 1) != ' ';
    }
    if (c == '.') {
      return endsWww(text, i) || isBlockMark(text, i);
    }
    return TEXTILE_MARKS.indexOf(c) >= 0 && !(insideWord && TEXTILE_INSIDE_WORDS.indexOf(c) >= 0);
  }

  /** The dot of {@code h1. } or {@code bq. } at the beginning. */
  private static boolean isBlockMark(String text, int dot) {
    return dot <= 4 && text.substring(0, dot).matches("h[1-6]|bq|p|pre|bc|fn[0-9]+");
  }

  private static boolean endsWww(String text, int i) {
    return text.charAt(i) == '.' && i >= 3 && text.regionMatches(true, i - 3, "www", 0, 3);
  }

  /** The dot of {@code 1. } at the beginning; that of {@code 127.0.0.1} begins no list. */
  private static boolean isListNumber(String text, int i) {
    char c = text.charAt(i);
    return (c == '.' || c == ')')
        && endsWord(text, i)
        && i > 0
        && i <= 9
        && text.substring(0, i).chars().allMatch(Character::isDigit);
  }

  /** What a template writes after the value may be a space. */
  private static boolean endsWord(String text, int i) {
    return i + 1 == text.length() || text.charAt(i + 1) == ' ';
  }

  /** The first slash of {@code ://}. */
  private static boolean beginsAuthority(String text, int i) {
    return i > 0 && text.startsWith("://", i - 1);
  }
}
