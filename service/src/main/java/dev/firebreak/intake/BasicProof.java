package dev.firebreak.intake;

import dev.firebreak.alert.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** {@code Authorization: Basic <user:password>}. */
record BasicProof(String user, Keyring ring) implements Proof {
  private static final String SCHEME = "Basic ";

  @Override
  public void beforeBody(Headers headers, boolean loopback) {
    String sent = headers.one("Authorization").orElse("");
    boolean scheme = sent.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    String pair = scheme ? decoded(sent.substring(SCHEME.length()).strip()) : "";
    if (pair.isEmpty() || !ring.any(password -> Keyring.same(pair, user + ":" + password))) {
      throw Proof.refused(
          scheme ? "user or password is wrong" : "user and password are missing", "Basic");
    }
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
