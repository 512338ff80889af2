package dev.firebreak.core;

import java.util.Map;

/**
 * Something that must reach the outside, kept in the outbox until it has.
 *
 * @param kind which courier carries it: {@code ticket} or {@code notify}
 * @param key unique for ever: a second message with this key is the first one again
 * @param payload what the courier needs; JSON values only
 */
public record Message(String kind, String key, Map<String, Object> payload) {
  public Message {
    payload = Map.copyOf(payload);
  }
}
