package dev.firebreak.api;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** File names in headers, as RFC 6266 and RFC 8187 write them. */
final class FileName {
  private static final int LONGEST = 120;
  private static final String PLAIN = "!#$&+-.^_`|~";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private FileName() {}

  /** The value of {@code Content-Disposition} for a download under this name. */
  static String attachment(String name) {
    String clean = clean(name);
    String ascii = clean.replaceAll("[^A-Za-z0-9 ._()+-]", "_");
    return "attachment; filename=\"%s\"; filename*=UTF-8''%s".formatted(ascii, encoded(clean));
  }

  /** Without path, control and direction characters; never empty, never hidden. */
  private static String clean(String name) {
    String visible =
        name.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "").replaceAll("[/\\\\:]", "_");
    String bare = visible.strip().replaceFirst("^\\.+", "");
    String some = bare.isEmpty() ? "artifact" : bare;
    int end = some.offsetByCodePoints(0, Math.min(LONGEST, some.codePointCount(0, some.length())));
    return some.substring(0, end);
  }

  private static String encoded(String name) {
    StringBuilder text = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b > 0 && (Character.isLetterOrDigit(b) || PLAIN.indexOf(b) >= 0);
      text.append(plain ? String.valueOf((char) b) : "%" + HEX.toHexDigits(b));
    }
    return text.toString();
  }
}
