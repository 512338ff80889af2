package dev.firebreak.channel.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The symmetric scheme, version 1, of Standard Webhooks (https://www.standardwebhooks.com). */
final class Signature {
  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 16;

  private Signature() {}

  /**
   * Signs a request.
   *
   * @param secret {@code whsec_…}
   * @throws IllegalArgumentException when it is not one; the message does not hold it
   */
  static String sign(String secret, String id, long timestamp, byte[] body) {
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    signed.writeBytes((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
    signed.writeBytes(body);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.toByteArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static byte[] key(String secret) {
    String encoded = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : "";
    byte[] key;
    try {
      key = Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      key = new byte[0];
    }
    if (key.length < SHORTEST) {
      throw new IllegalArgumentException(
          "is no webhook secret: it must be whsec_ and at least 16 bytes in base64");
    }
    return key;
  }

  /** A key as it can stand in a header and before a full stop: as it is, or its hash. */
  static String id(String key) {
    if (key.matches("[A-Za-z0-9_/-]{1,200}")) {
      return key;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return "msg_" + HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
