package dev.firebreak.intake;

import dev.firebreak.alert.Headers;
import dev.firebreak.core.Secrets;
import java.time.Instant;

/** Checks who sent a request; refuses with {@link IntakeRefused.Kind#UNAUTHENTICATED}. */
interface Proof {
  /** What can be checked before a byte of the body is read. */
  void beforeBody(Headers headers, boolean loopback);

  /** What needs the body. */
  default void withBody(Headers headers, byte[] body, Instant now) {}

  /** The check a source is configured with. */
  static Proof of(SourceAuth auth, Secrets secrets) {
    Keyring ring = new Keyring(secrets, auth.secrets());
    return switch (auth) {
      case SourceAuth.None none -> new NoProof(none.insecure());
      case SourceAuth.Bearer bearer -> new BearerProof(ring);
      case SourceAuth.Basic basic -> new BasicProof(basic.user(), ring);
      case SourceAuth.Hmac hmac -> new HmacProof(hmac, ring);
    };
  }

  /** A refusal that tells the sender how to authenticate. */
  static IntakeRefused refused(String message, String scheme) {
    return new IntakeRefused(
        IntakeRefused.Kind.UNAUTHENTICATED, message, scheme + " realm=\"firebreak\"");
  }
}
