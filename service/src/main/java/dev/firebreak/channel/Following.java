package dev.firebreak.channel;

import java.util.Optional;

/**
 * A channel whose other side follows an incident from beginning to end, as paging services do: it
 * is told when somebody took the incident and when it is over, and it may tell the same.
 */
public interface Following extends Channel {
  /**
   * What the other side tells.
   *
   * @param signature the header that proves who sent it; empty when there was none
   * @param body as received
   * @return empty when it is nothing that concerns an incident here
   * @throws ForgedFeedback when the signature is not the other side's
   * @throws dev.firebreak.core.SecretUnavailable when it cannot be checked now
   * @throws IllegalArgumentException when it is signed but cannot be read
   */
  Optional<Feedback> heard(String signature, byte[] body);
}
