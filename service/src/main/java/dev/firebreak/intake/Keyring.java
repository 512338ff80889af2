package dev.firebreak.intake;

import dev.firebreak.core.SecretRef;
import dev.firebreak.core.SecretUnavailable;
import dev.firebreak.core.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The secrets of one source that are in force; read again for every request. */
record Keyring(Secrets secrets, List<SecretRef> refs) {
  /**
   * Whether one of the secrets passes. All are tried, so that time does not tell which.
   *
   * @throws IntakeRefused when none passes and one could not be read: the sender may be right
   */
  boolean any(Predicate<String> good) {
    boolean found = false;
    List<String> missing = new ArrayList<>();
    for (SecretRef ref : refs) {
      try {
        found |= good.test(secrets.value(ref));
      } catch (SecretUnavailable e) {
        missing.add(String.valueOf(e.getMessage()));
      }
    }
    if (!found && !missing.isEmpty()) {
      throw new IntakeRefused(
          IntakeRefused.Kind.UNAVAILABLE,
          "a secret of this source cannot be read here: ask the operator of Firebreak");
    }
    return found;
  }

  /** Whether two texts are equal, in a time that tells nothing of either. */
  static boolean same(String sent, String expected) {
    return MessageDigest.isEqual(digest(sent), digest(expected));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
