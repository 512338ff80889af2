package dev.firebreak.core;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Gives short texts to people in such a form that they can be taken back from strangers: signed
 * with a key made of the site's secret and what the seal is for, so that what was sealed for one
 * purpose is worth nothing for another. Anybody can read them. Thread-safe.
 */
public final class Seal {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHORTEST = 32;
  private static final int LONGEST = 2_000;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final Supplier<String> secret;
  private final String purpose;

  /**
   * A seal.
   *
   * @param secret the site's, asked for each time; may throw {@link SecretUnavailable}
   * @param purpose what it is for, with its version
   */
  public Seal(Supplier<String> secret, String purpose) {
    this.secret = secret;
    this.purpose = purpose;
  }

  /**
   * Seals words.
   *
   * @param words without line breaks
   * @return letters, digits, {@code - _ .}
   * @throws SecretUnavailable when there is no secret, or one that could be guessed
   */
  public String close(List<String> words) {
    if (words.stream().anyMatch(word -> word.indexOf('\n') >= 0)) {
      throw new IllegalArgumentException("a sealed word has no line breaks");
    }
    byte[] text = String.join("\n", words).getBytes(StandardCharsets.UTF_8);
    return ENCODER.encodeToString(text) + "." + ENCODER.encodeToString(sign(text));
  }

  /**
   * The words that were sealed; empty when this is not what {@link #close} gave.
   *
   * @throws SecretUnavailable when it cannot be checked now
   */
  public Optional<List<String>> open(String sealed) {
    int dot = sealed.indexOf('.');
    if (dot < 0 || sealed.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      byte[] text = Base64.getUrlDecoder().decode(sealed.substring(0, dot));
      byte[] signature = Base64.getUrlDecoder().decode(sealed.substring(dot + 1));
      return MessageDigest.isEqual(signature, sign(text))
          ? Optional.of(List.of(new String(text, StandardCharsets.UTF_8).split("\n", -1)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private byte[] sign(byte[] text) {
    String value = secret.get();
    if (value.length() < SHORTEST) {
      throw new SecretUnavailable(
          "siteSecret has fewer than 32 characters and could be guessed: make one with 'openssl"
              + " rand -hex 32'");
    }
    byte[] key =
        mac(value.getBytes(StandardCharsets.UTF_8), purpose.getBytes(StandardCharsets.UTF_8));
    return mac(key, text);
  }

  private static byte[] mac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
