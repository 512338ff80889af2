package dev.firebreak.intake;

import dev.firebreak.alert.Headers;

/** Lets in whoever is on this machine, or everybody if that was said. */
record NoProof(boolean insecure) implements Proof {
  @Override
  public void beforeBody(Headers headers, boolean loopback) {
    if (!insecure && !loopback) {
      throw Proof.refused(
          "this source takes requests from its own machine only: configure bearer, basic or hmac",
          "None");
    }
  }
}
