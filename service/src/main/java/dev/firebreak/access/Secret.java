package dev.firebreak.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Random texts nobody can guess, and what is kept of them. */
final class Secret {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final char[] BASE32 = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
  private static final int BYTES = 20;

  private Secret() {}

  /** A prefix and 160 random bits: 32 letters and digits. */
  static String fresh(String prefix) {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    StringBuilder text = new StringBuilder(prefix);
    for (int bit = 0; bit < BYTES * 8; bit += 5) {
      text.append(BASE32[fiveBits(bytes, bit)]);
    }
    return text.toString();
  }

  private static int fiveBits(byte[] bytes, int from) {
    int at = from / 8;
    int two = (bytes[at] & 0xff) << 8 | (at + 1 < bytes.length ? bytes[at + 1] & 0xff : 0);
    return two >> (11 - from % 8) & 31;
  }

  /** SHA-256, hex. Enough for a random secret: there is nothing to guess from a dictionary. */
  static String hash(String secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Compares in a time that does not tell where they differ. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
