package dev.firebreak.channel.pagerduty;

import dev.firebreak.channel.ForgedFeedback;
import dev.firebreak.core.SecretRef;
import dev.firebreak.core.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signatures of PagerDuty's V3 webhooks: {@code v1=} and a HMAC-SHA256 of the raw body, several
 * while a secret is being changed.
 */
record WebhookProof(Secrets secrets, List<SecretRef> refs) {
  private static final int MAX_SIGNATURES = 10;
  private static final String PREFIX = "v1=";

  WebhookProof {
    refs = List.copyOf(refs);
  }

  void check(String header, byte[] body) {
    if (refs.isEmpty()) {
      throw new ForgedFeedback(
          "this channel has no webhookSecrets, so nobody may tell it anything");
    }
    List<byte[]> sent = signatures(header);
    if (sent.isEmpty()) {
      throw new ForgedFeedback("the header X-PagerDuty-Signature holds no v1 signature");
    }
    boolean known = false;
    for (SecretRef ref : refs) {
      byte[] expected = mac(ref, body);
      for (byte[] signature : sent) {
        known |= MessageDigest.isEqual(signature, expected);
      }
    }
    if (!known) {
      throw new ForgedFeedback("the signature in X-PagerDuty-Signature does not fit the body");
    }
  }

  private static List<byte[]> signatures(String header) {
    List<byte[]> found = new ArrayList<>();
    for (String part : header.split(",", MAX_SIGNATURES + 1)) {
      String text = part.strip();
      if (text.matches("v1=[0-9a-fA-F]{64}")) {
        found.add(HexFormat.of().parseHex(text.substring(PREFIX.length())));
      }
    }
    return found;
  }

  private byte[] mac(SecretRef ref, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(secrets.value(ref).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
