package dev.firebreak.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Hides every secret it was told of, in texts and bytes: as it is, and in base64 (at any alignment,
 * also broken into lines), URL, JSON and HTML encodings. Time grows with the text, not with the
 * number of secrets. Outputs that come in chunks are masked after they were put together; what was
 * cut off at a cap, with {@link #maskCut}. Thread-safe.
 */
public final class Masker {
  /** Shorter ones would hide half of any text; they are not masked. */
  public static final int MIN_LENGTH = 4;

  private static final byte[] MASK = SecretRef.MASK.getBytes(StandardCharsets.UTF_8);

  private final Set<String> known = new HashSet<>();
  private final Set<String> forms = new LinkedHashSet<>();
  private volatile Patterns patterns = new Patterns(Set.of());

  /**
   * Learns a secret.
   *
   * @return false when it is shorter than {@link #MIN_LENGTH}: it will not be masked
   */
  public boolean add(String secret) {
    if (secret.length() < MIN_LENGTH) {
      return false;
    }
    synchronized (this) {
      if (known.add(secret)) {
        forms.addAll(SecretForms.of(secret));
        patterns = new Patterns(forms);
      }
    }
    return true;
  }

  /** The text with {@code ***} in the place of each secret. */
  public String mask(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] masked = mask(bytes, false);
    return masked == bytes ? text : new String(masked, StandardCharsets.UTF_8);
  }

  /** The bytes with {@code ***} in the place of each secret; the same array when there is none. */
  public byte[] mask(byte[] bytes) {
    return mask(bytes, false);
  }

  /** As {@link #mask(byte[])}, for bytes that were cut off: a secret begun at the end goes too. */
  public byte[] maskCut(byte[] bytes) {
    return mask(bytes, true);
  }

  private byte[] mask(byte[] bytes, boolean cut) {
    int[] spans = patterns.find(bytes, cut);
    if (spans.length == 0) {
      return bytes;
    }
    byte[] masked = new byte[bytes.length + spans.length / 2 * MASK.length];
    int from = 0;
    int to = 0;
    for (int i = 0; i < spans.length; i += 2) {
      int kept = spans[i] - from;
      System.arraycopy(bytes, from, masked, to, kept);
      System.arraycopy(MASK, 0, masked, to + kept, MASK.length);
      to += kept + MASK.length;
      from = spans[i + 1];
    }
    System.arraycopy(bytes, from, masked, to, bytes.length - from);
    return Arrays.copyOf(masked, to + bytes.length - from);
  }

  /** The mask. */
  @Override
  public String toString() {
    return SecretRef.MASK;
  }
}
