package dev.firebreak.expression;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Writes a value into a text so that it stays a value there. */
final class Escaping {
  private static final Pattern JSON_BARE =
      Pattern.compile(
          "-?(?:0|[1-9][0-9]{0,30})(?:\\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,3})?|true|false");
  private static final String HOST =
      "(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?";
  private static final Pattern AUTHORITY = Pattern.compile(HOST);
  private static final Pattern AUTHORITY_PLACE = Pattern.compile("https?://[^/?#]*");
  private static final Pattern WHOLE_URL =
      Pattern.compile(
          "https?://"
              + HOST
              + "(?:/[A-Za-z0-9._~%!$&'()*+,;=:@/-]*)?(?:\\?[A-Za-z0-9._~%!$&'()*+,;=:@/?-]*)?");
  private static final Pattern DOTS = Pattern.compile("(?:^|.*/)\\.{1,2}(?:[/?].*|$)");
  private static final String UNRESERVED = "-._~";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private Escaping() {}

  /**
   * The value as it is written there.
   *
   * @param so what was written before it
   * @throws IllegalArgumentException when it cannot be written there safely; the message says why
   *     and does not repeat the value
   */
  static String escape(String value, Escape escape, Writing so) {
    surrogates(value);
    return switch (escape) {
      case TEXT -> controls(value, "\n\t");
      case ARGUMENT -> argument(value);
      case URL -> url(value, so.text());
      case JSON -> json(value, so.insideQuotes());
      case HEADER -> controls(value, "");
      case KEY -> controls(present(value), "");
      case HTML -> html(value);
      case MARKDOWN -> Markdown.escape(controls(value, "\r\n\t"));
    };
  }

  private static void surrogates(String value) {
    for (int i = 0; i < value.length(); i++) {
      char at = value.charAt(i);
      boolean pair =
          Character.isHighSurrogate(at)
              && i + 1 < value.length()
              && Character.isLowSurrogate(value.charAt(i + 1));
      if (Character.isSurrogate(at) && !pair) {
        throw new IllegalArgumentException("is not valid Unicode: it holds half a character");
      }
      i += pair ? 1 : 0;
    }
  }

  private static String controls(String value, String allowed) {
    for (int i = 0; i < value.length(); i++) {
      char at = value.charAt(i);
      boolean line = at == '\u2028' || at == '\u2029';
      if ((Character.isISOControl(at) || line && allowed.isEmpty()) && allowed.indexOf(at) < 0) {
        throw new IllegalArgumentException(
            "holds the control character U+%04X, which is refused here".formatted((int) at));
      }
    }
    return value;
  }

  private static String present(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("is empty");
    }
    return value;
  }

  private static String argument(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("holds a NUL character, which is refused here");
    }
    return present(value);
  }

  private static String url(String value, String before) {
    present(value);
    if (before.isEmpty()) {
      if (!WHOLE_URL.matcher(value).matches() || dots(value)) {
        throw new IllegalArgumentException(
            "begins a URL, so it must be an http or https URL without user, fragment or dots");
      }
      return value;
    }
    if (AUTHORITY_PLACE.matcher(before).matches()) {
      if (!AUTHORITY.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "stands for the host of a URL, so it must be a host or host:port");
      }
      return value;
    }
    if (value.equals(".") || value.equals("..")) {
      throw new IllegalArgumentException("is '" + value + "', which would change a URL's path");
    }
    return percent(value);
  }

  private static boolean dots(String url) {
    return DOTS.matcher(
            url.substring(url.indexOf("://") + 3).replace("%2e", ".").replace("%2E", "."))
        .matches();
  }

  private static String percent(String value) {
    StringBuilder text = new StringBuilder(value.length() + 16);
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      char at = (char) (octet & 0xFF);
      boolean plain = at < 128 && (Character.isLetterOrDigit(at) || UNRESERVED.indexOf(at) >= 0);
      if (plain) {
        text.append(at);
      } else {
        text.append('%').append(HEX[at >> 4]).append(HEX[at & 15]);
      }
    }
    return text.toString();
  }

  private static String json(String value, boolean quoted) {
    if (!quoted) {
      if (!JSON_BARE.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "is no number or boolean, so it must stand inside quotes in JSON");
      }
      return value;
    }
    StringBuilder text = new StringBuilder(value.length() + 16);
    for (int i = 0; i < value.length(); i++) {
      json(value.charAt(i), text);
    }
    return text.toString();
  }

  private static void json(char at, StringBuilder text) {
    switch (at) {
      case '"', '\\' -> text.append('\\').append(at);
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      case '<', '>', '&', '\'', '\u2028', '\u2029' -> text.append(unicode(at));
      default -> text.append(Character.isISOControl(at) ? unicode(at) : String.valueOf(at));
    }
  }

  private static String unicode(char at) {
    return "\\u%04x".formatted((int) at);
  }

  private static String html(String value) {
    StringBuilder text = new StringBuilder(value.length() + 16);
    for (int i = 0; i < value.length(); i++) {
      char at = value.charAt(i);
      switch (at) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '"' -> text.append("&quot;");
        case '\'' -> text.append("&#39;");
        case '`' -> text.append("&#96;");
        case '=' -> text.append("&#61;");
        default -> text.append(at);
      }
    }
    return text.toString();
  }
}
