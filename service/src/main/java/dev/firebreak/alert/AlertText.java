package dev.firebreak.alert;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What texts of strangers must be like before they are kept. */
public final class AlertText {
  /** The most bytes, in UTF-8, of one label or annotation. */
  public static final int MAX_VALUE_BYTES = 64 * 1024;

  /** The most labels, and the most annotations, of one alert. */
  public static final int MAX_LABELS = 10_000;

  /** The most characters of a fingerprint. */
  public static final int MAX_FINGERPRINT = 256;

  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}\\u2028\\u2029\\u0085]+");
  private static final int MAX_LINE = 300;
  private static final int MAX_SHOWN = 60;

  private AlertText() {}

  /**
   * Checks every name and value, and keeps them exactly.
   *
   * @param field {@code labels} or {@code annotations}, for the message
   * @throws AlertFault naming the first entry that cannot be kept
   */
  public static Map<String, String> checked(String field, Map<String, String> entries) {
    if (entries.size() > MAX_LABELS) {
      throw new AlertFault(field + " has more than " + MAX_LABELS + " entries");
    }
    entries.forEach(
        (name, value) -> {
          if (name.isEmpty()) {
            throw new AlertFault(field + " has an entry without a name");
          }
          checked(() -> "a name in " + field + " (" + shown(name) + ")", name, MAX_VALUE_BYTES);
          checked(() -> field + "." + shown(name), value, MAX_VALUE_BYTES);
        });
    return entries;
  }

  /**
   * Checks one text.
   *
   * @throws AlertFault naming the field, when it is too long, or holds NUL or half a character
   */
  public static String checked(String field, String value, int maxBytes) {
    return checked(() -> field, value, maxBytes);
  }

  private static String checked(Supplier<String> field, String value, int maxBytes) {
    if (value.indexOf('\0') >= 0) {
      throw new AlertFault(field.get() + " contains a NUL character");
    }
    if (hasLoneSurrogate(value)) {
      throw new AlertFault(field.get() + " contains half a character (a lone surrogate)");
    }
    if (value.length() > maxBytes
        || value.length() * 3L > maxBytes
            && value.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
      throw new AlertFault(field.get() + " is longer than " + maxBytes + " bytes");
    }
    return value;
  }

  private static boolean hasLoneSurrogate(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }

  /** A stranger's text for a message: short, printable, on one line. */
  public static String shown(String value) {
    StringBuilder text = new StringBuilder();
    value
        .codePoints()
        .limit(MAX_SHOWN)
        .forEach(
            c -> {
              if (visible(c)) {
                text.appendCodePoint(c);
              } else {
                text.append(String.format("\\u%04x", c));
              }
            });
    return value.codePointCount(0, value.length()) > MAX_SHOWN ? text + "…" : text.toString();
  }

  private static boolean visible(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }

  /** One line for humans: runs of white space and control characters become one space. */
  public static String line(String value) {
    String line = SPACE.matcher(value).replaceAll(" ").strip();
    if (line.length() <= MAX_LINE) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(MAX_LINE - 1)) ? MAX_LINE - 1 : MAX_LINE;
    return line.substring(0, end) + "…";
  }
}
