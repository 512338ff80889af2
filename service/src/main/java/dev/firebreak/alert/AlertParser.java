package dev.firebreak.alert;

import java.time.Instant;

/** Reads the bodies of one kind of source. Thread-safe; keeps nothing. */
@FunctionalInterface
public interface AlertParser {
  /**
   * Reads a body.
   *
   * @param body the raw bytes, at most as many as the source may send
   * @param headers of the request, {@link Headers#NONE} for a replay
   * @param receivedAt stands in for a start the sender does not say
   * @return every alert of the body, also those that could not be read, in its order
   * @throws UnreadableBody when nothing of it can be used
   */
  Parsed parse(byte[] body, Headers headers, Instant receivedAt);
}
