package dev.firebreak.notify;

import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Notice;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A channel that keeps what it was sent, or refuses it. */
final class Recording implements Channel {
  private final String name;
  final List<Notice> sent = new CopyOnWriteArrayList<>();
  volatile @Nullable ChannelException refusal;
  volatile boolean takesAddresses;

  Recording(String name) {
    this.name = name;
  }

  static Recording refusing(String name, boolean permanent) {
    Recording channel = new Recording(name);
    channel.refusal = new ChannelException("channel '" + name + "': is down", permanent, null);
    return channel;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> addressFault(@Nullable String address) {
    return takesAddresses ? Optional.empty() : Channel.super.addressFault(address);
  }

  @Override
  public String send(Notice notice) {
    ChannelException refused = refusal;
    if (refused != null) {
      throw refused;
    }
    sent.add(notice);
    return "ok";
  }
}
