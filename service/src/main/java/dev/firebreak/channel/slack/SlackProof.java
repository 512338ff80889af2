package dev.firebreak.channel.slack;

import dev.firebreak.channel.ForgedFeedback;
import dev.firebreak.core.SecretRef;
import dev.firebreak.core.Secrets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Slack's signatures: {@code v0=} and a HMAC-SHA256 of version, time and raw body. One that is
 * older than five minutes may be somebody else's copy.
 */
record SlackProof(Secrets secrets, SecretRef secret, InstantSource clock) {
  private static final Duration OLDEST = Duration.ofMinutes(5);

  void check(String signature, String timestamp, byte[] body) {
    if (!timestamp.matches("[0-9]{1,12}") || !signature.matches("v0=[0-9a-f]{64}")) {
      throw new ForgedFeedback(
          "X-Slack-Signature and X-Slack-Request-Timestamp are missing or not Slack's");
    }
    Duration age =
        Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant());
    if (age.abs().compareTo(OLDEST) > 0) {
      throw new ForgedFeedback(
          "X-Slack-Request-Timestamp is not of the last five minutes; is the clock here right?");
    }
    byte[] sent = HexFormat.of().parseHex(signature.substring(3));
    if (!MessageDigest.isEqual(sent, mac(timestamp, body))) {
      throw new ForgedFeedback("the signature in X-Slack-Signature does not fit the body");
    }
  }

  private byte[] mac(String timestamp, byte[] body) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
    text.writeBytes(body);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(secrets.value(secret).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.toByteArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
