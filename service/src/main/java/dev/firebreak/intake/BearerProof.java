package dev.firebreak.intake;

import dev.firebreak.alert.Headers;

/** {@code Authorization: Bearer <token>}. */
record BearerProof(Keyring ring) implements Proof {
  private static final String SCHEME = "Bearer ";

  @Override
  public void beforeBody(Headers headers, boolean loopback) {
    String sent = headers.one("Authorization").orElse("");
    boolean scheme = sent.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    String token = scheme ? sent.substring(SCHEME.length()).strip() : "";
    if (token.isEmpty() || !ring.any(good -> Keyring.same(token, good))) {
      throw Proof.refused(
          scheme ? "the bearer token is not one of this source" : "a bearer token is missing",
          "Bearer");
    }
  }
}
