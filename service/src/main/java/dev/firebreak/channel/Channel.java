package dev.firebreak.channel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One configured way to people: a chat room, a mailbox, a webhook. Thread-safe. */
public interface Channel {
  /** The name runbooks and chains use: {@code #cache}. */
  String name();

  /**
   * Sends a notice once and waits for the answer, within the channel's own time limit.
   *
   * @return what the other side said of it: an id, or {@code accepted}
   * @throws ChannelException when it was not accepted
   */
  String send(Notice notice);

  /**
   * What is wrong with {@link Notice#to} for this channel; empty if fine. A channel that always
   * sends to the same place takes none.
   *
   * @param address null when none is given
   */
  default Optional<String> addressFault(@Nullable String address) {
    return address == null
        ? Optional.empty()
        : Optional.of("channel '%s' always sends to the same place: remove 'to'".formatted(name()));
  }
}
