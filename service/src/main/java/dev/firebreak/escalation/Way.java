package dev.firebreak.escalation;

import java.util.List;
import java.util.Map;

/**
 * One message that calls: tried in its channels, in their order, until one takes it.
 *
 * @param key what makes it one message of its link
 * @param channels never empty
 * @param to the reader's address in a channel, by its name; empty for whoever reads the channel
 */
record Way(String key, List<String> channels, Map<String, String> to) {
  Way {
    channels = List.copyOf(channels);
    to = Map.copyOf(to);
  }

  /** To whoever reads a channel. */
  static Way channel(String channel) {
    return new Way(channel, List.of(channel), Map.of());
  }
}
