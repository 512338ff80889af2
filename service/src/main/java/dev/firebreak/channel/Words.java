package dev.firebreak.channel;

import dev.firebreak.core.Durations;
import java.time.Duration;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Makes texts safe to send, and reads what all channels have in their configuration. Pure. */
public final class Words {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final String INVISIBLE =
      "[\\p{Cc}\\u200B-\\u200F\\u2028\\u2029\\u202A-\\u202E\\u2060-\\u2069\\uFEFF]";

  private Words() {}

  /** One line: no line breaks, control characters or marks that turn the direction of writing. */
  public static String line(String text, int longest) {
    String line = text.replaceAll("\\s+", " ").replaceAll(INVISIBLE, "").strip();
    return cut(line, longest);
  }

  /** Several lines, without other control characters or marks that turn the writing. */
  public static String lines(String text, int longest) {
    String lines = text.replace("\r\n", "\n").replaceAll("(?![\\n\\t])" + INVISIBLE, "").strip();
    return cut(lines, longest);
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = longest - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /**
   * The time limit of one try.
   *
   * @param written as in the configuration; null for 10s
   * @throws IllegalArgumentException naming the key; longer than 20s and the next channel could not
   *     be tried within a minute
   */
  public static Duration timeout(String channel, @Nullable String written) {
    try {
      Duration given = written == null ? PATIENCE : Durations.parse(written);
      if (given.compareTo(Duration.ofSeconds(1)) >= 0 && given.compareTo(LONGEST) <= 0) {
        return given;
      }
    } catch (IllegalArgumentException e) {
      throw wrong(channel, "timeout", String.valueOf(e.getMessage()));
    }
    throw wrong(channel, "timeout", "must be from 1s to 20s, not '" + written + "'");
  }

  /**
   * An address that stands in the configuration itself.
   *
   * @param written null for {@code usual}
   * @throws IllegalArgumentException naming the key, when it is no address or not https
   */
  public static HttpUrl address(
      String channel, String key, @Nullable String written, String usual, boolean allowHttp) {
    HttpUrl url = HttpUrl.parse(written == null ? usual : written.strip());
    if (url == null) {
      throw wrong(channel, key, "'" + line(String.valueOf(written), 100) + "' is no address");
    }
    if (!url.isHttps() && !allowHttp) {
      throw wrong(channel, key, "is not https; write allowHttp: true to send in clear");
    }
    return url;
  }

  /** A key that must be there. */
  public static <T> T needed(String channel, String key, @Nullable T value) {
    if (value == null || (value instanceof String text && text.isBlank())) {
      throw wrong(channel, key, "is missing");
    }
    return value;
  }

  /** What is wrong with a key. */
  public static IllegalArgumentException wrong(String channel, String key, String what) {
    return new IllegalArgumentException("channels." + channel + "." + key + ": " + what);
  }
}
