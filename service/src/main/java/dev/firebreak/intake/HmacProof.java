package dev.firebreak.intake;

import dev.firebreak.alert.Headers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A signature over the raw bytes, and over a time when the source sends one. */
record HmacProof(SourceAuth.Hmac auth, Keyring ring) implements Proof {
  private static final int MAX_SIGNATURES = 10;
  private static final int MAX_TIME_LENGTH = 20;
  private static final long MILLIS_FROM = 100_000_000_000L;

  @Override
  public void beforeBody(Headers headers, boolean loopback) {
    if (headers.one(auth.header()).isEmpty()) {
      throw refused("the header " + auth.header() + " must be there, once: the signature");
    }
  }

  @Override
  public void withBody(Headers headers, byte[] body, Instant now) {
    String time = time(headers, now);
    List<byte[]> sent = signatures(headers.one(auth.header()).orElse(""));
    if (sent.isEmpty()) {
      throw refused("no signature in " + auth.header() + " has the configured form");
    }
    if (!ring.any(secret -> matches(sent, mac(secret, time, body)))) {
      throw refused("the signature in " + auth.header() + " does not fit the body");
    }
  }

  private static boolean matches(List<byte[]> sent, byte[] expected) {
    boolean found = false;
    for (byte[] signature : sent) {
      found |= MessageDigest.isEqual(signature, expected);
    }
    return found;
  }

  private @Nullable String time(Headers headers, Instant now) {
    SourceAuth.Timestamp timestamp = auth.timestamp();
    if (timestamp == null) {
      return null;
    }
    String text = headers.one(timestamp.header()).map(String::strip).orElse("");
    if (text.length() > MAX_TIME_LENGTH || !text.matches("[0-9]{1,18}")) {
      throw refused("the header " + timestamp.header() + " must hold the seconds since 1970");
    }
    Duration off = Duration.between(instant(Long.parseLong(text)), now).abs();
    if (off.compareTo(timestamp.window()) > 0) {
      throw refused(
          "the time in "
              + timestamp.header()
              + " is too far off: check both clocks, or raise auth.timestamp.within");
    }
    return text;
  }

  private static Instant instant(long number) {
    return number >= MILLIS_FROM ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
  }

  private List<byte[]> signatures(String header) {
    List<byte[]> found = new ArrayList<>();
    String prefix = Objects.requireNonNullElse(auth.prefix(), "");
    for (String part : header.split(",", MAX_SIGNATURES + 1)) {
      String text = part.strip();
      if (text.startsWith(prefix) && text.length() > prefix.length()) {
        byte[] bytes = decoded(text.substring(prefix.length()));
        if (bytes.length > 0) {
          found.add(bytes);
        }
      }
    }
    return found;
  }

  private byte[] decoded(String text) {
    try {
      return "base64".equals(auth.encoding())
          ? Base64.getDecoder().decode(text)
          : HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private byte[] mac(String secret, @Nullable String time, byte[] body) {
    String algorithm = "sha512".equals(auth.algorithm()) ? "HmacSHA512" : "HmacSHA256";
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      SourceAuth.Timestamp timestamp = auth.timestamp();
      if (time != null && timestamp != null) {
        mac.update(time.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) ("dot".equals(timestamp.layout()) ? '.' : ':'));
      }
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  private static IntakeRefused refused(String message) {
    return Proof.refused(message, "Signature");
  }
}
