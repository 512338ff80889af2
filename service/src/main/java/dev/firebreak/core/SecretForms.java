package dev.firebreak.core;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;

/** The spellings under which a secret may turn up in other people's texts. */
final class SecretForms {
  private static final String UNRESERVED = "-._~";
  private static final String RESERVED = ":/?#[]@!$&'()*+,;=";
  private static final int MIN_LINE = 8;

  private SecretForms() {}

  /** All spellings of a secret: as it is, and in base64, URL, JSON and HTML encodings. */
  static Set<String> of(String secret) {
    Set<String> forms = new LinkedHashSet<>();
    spell(secret, forms);
    if (secret.indexOf('\n') >= 0) {
      secret
          .lines()
          .map(String::strip)
          .filter(line -> line.length() >= MIN_LINE && !line.startsWith("-----"))
          .forEach(line -> spell(line, forms));
    }
    return forms;
  }

  private static void spell(String secret, Set<String> forms) {
    forms.add(secret);
    base64(secret.getBytes(StandardCharsets.UTF_8), forms);
    url(secret, forms);
    json(secret, forms);
    forms.add(html(secret, "&#39;", "&quot;"));
    forms.add(html(secret, "&#x27;", "&#34;"));
    forms.add(html(secret, "&apos;", "&quot;"));
  }

  /** The middle of each alignment: what is the same whatever stands before and after it. */
  private static void base64(byte[] secret, Set<String> forms) {
    for (int offset = 0; offset < 3; offset++) {
      byte[] shifted = new byte[offset + secret.length];
      System.arraycopy(secret, 0, shifted, offset, secret.length);
      int from = (8 * offset + 5) / 6;
      int to = 8 * shifted.length / 6;
      forms.add(Base64.getEncoder().encodeToString(shifted).substring(from, to));
      forms.add(Base64.getUrlEncoder().encodeToString(shifted).substring(from, to));
    }
  }

  private static void url(String secret, Set<String> forms) {
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    forms.add(form);
    forms.add(form.replace("+", "%20"));
    forms.add(lowerHex(form));
    IntPredicate plain = c -> Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0;
    for (IntPredicate kept :
        Arrays.<IntPredicate>asList(plain, plain.or(c -> RESERVED.indexOf(c) >= 0), c -> false)) {
      String percent = percent(secret, kept);
      forms.add(percent);
      forms.add(lowerHex(percent));
    }
  }

  private static String percent(String secret, IntPredicate kept) {
    StringBuilder text = new StringBuilder();
    for (byte b : secret.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && kept.test(b)) {
        text.append((char) b);
      } else {
        text.append(String.format(Locale.ROOT, "%%%02X", b));
      }
    }
    return text.toString();
  }

  private static String lowerHex(String percent) {
    StringBuilder text = new StringBuilder(percent);
    for (int i = text.indexOf("%"); i >= 0 && i + 2 < text.length(); i = text.indexOf("%", i + 1)) {
      text.setCharAt(i + 1, Character.toLowerCase(text.charAt(i + 1)));
      text.setCharAt(i + 2, Character.toLowerCase(text.charAt(i + 2)));
    }
    return text.toString();
  }

  private static void json(String secret, Set<String> forms) {
    forms.add(json(secret, "", false));
    forms.add(json(secret, "/", false));
    for (String also : new String[] {"", "<>&", "<>&'=", "<>&'\""}) {
      for (boolean ascii : new boolean[] {false, true}) {
        String escaped = json(secret, also, ascii);
        forms.add(escaped);
        forms.add(upperUnicode(escaped));
      }
    }
  }

  private static String json(String secret, String also, boolean ascii) {
    StringBuilder text = new StringBuilder();
    for (char c : secret.toCharArray()) {
      switch (c) {
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '/' -> text.append(also.equals("/") ? "\\/" : "/");
        case '\\' -> text.append("\\\\");
        default -> text.append(unicode(c, also, ascii));
      }
    }
    return text.toString();
  }

  private static String unicode(char c, String also, boolean ascii) {
    if (c < ' ' || (ascii && c > '~') || also.indexOf(c) >= 0) {
      return String.format(Locale.ROOT, "\\u%04x", (int) c);
    }
    return c == '"' ? "\\\"" : String.valueOf(c);
  }

  private static String upperUnicode(String escaped) {
    StringBuilder text = new StringBuilder(escaped);
    for (int i = text.indexOf("\\u");
        i >= 0 && i + 5 < text.length();
        i = text.indexOf("\\u", i + 2)) {
      text.replace(i + 2, i + 6, text.substring(i + 2, i + 6).toUpperCase(Locale.ROOT));
    }
    return text.toString();
  }

  private static String html(String secret, String apostrophe, String quote) {
    return secret
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", apostrophe)
        .replace("\"", quote);
  }
}
