package dev.firebreak.store;

import dev.firebreak.guard.Targets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Texts of any length in columns with an index, whose width is bounded. */
final class Keys {
  /** Short enough for every index, also in four-byte characters. */
  private static final int WIDTH = 180;

  private static final int READABLE = 100;

  private Keys() {}

  /**
   * The text itself when it is short, else its beginning and its SHA-256: equal for equal texts.
   */
  static String bounded(String text) {
    String kept = Columns.storable(text);
    return kept.length() <= WIDTH
        ? kept
        : kept.substring(0, READABLE).replaceAll("[\\ud800-\\udfff]", "?") + '#' + sha256(kept);
  }

  /** A target: however its letters are written, it is the same one. */
  static String target(String text) {
    return bounded(Targets.key(text));
  }

  /** The end of a page: ids are smaller than it; all of them when {@code before} is null. */
  static String before(@Nullable String before) {
    return before == null ? "~" : before;
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
