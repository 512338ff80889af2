package dev.firebreak.channel;

import java.util.Optional;

/** A channel in whose messages people press buttons to decide what they are asked. */
public interface Answering extends Channel {
  /**
   * What somebody pressed.
   *
   * @param user who, as the other side calls them for sure: the address of a contact
   * @param ask what was asked
   * @param approve yes or no
   * @param reason empty when none was given
   * @param reply where an answer to it goes
   */
  record Press(String user, Ask ask, boolean approve, String reason, String reply) {}

  /**
   * What the other side tells.
   *
   * @param signature the header that proves who sent it; empty when there was none
   * @param timestamp the header that says when; empty when there was none
   * @param body as received
   * @return empty when it is about nothing of Firebreak's
   * @throws ForgedFeedback when the signature is not the other side's, or is old
   * @throws dev.firebreak.core.SecretUnavailable when it cannot be checked now
   * @throws IllegalArgumentException when it is signed but cannot be read
   */
  Optional<Press> pressed(String signature, String timestamp, byte[] body);

  /**
   * Tells whoever pressed, and nobody else.
   *
   * @throws ChannelException when it was not accepted
   */
  void reply(Press press, String text);

  /**
   * Takes the buttons off a message and says what came of it. May be repeated.
   *
   * @param receipt what {@link #send} gave for that message
   * @throws ChannelException when it was not accepted
   */
  void settle(String receipt, String subject, String text);
}
