package dev.firebreak.channel;

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
}
