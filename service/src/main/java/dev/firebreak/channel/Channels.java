package dev.firebreak.channel;

import dev.firebreak.core.Nearest;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The configured channels by name. Immutable and thread-safe. */
public final class Channels {
  private final Map<String, Channel> channels;
  private final Map<String, String> types;

  /**
   * @throws IllegalArgumentException when two have the same name
   */
  public Channels(Collection<Channel> channels) {
    this(channels, Map.of());
  }

  private Channels(Collection<Channel> channels, Map<String, String> types) {
    Map<String, Channel> byName = new TreeMap<>();
    for (Channel channel : channels) {
      if (byName.put(channel.name(), channel) != null) {
        throw new IllegalArgumentException("there are two channels '" + channel.name() + "'");
      }
    }
    this.channels = Collections.unmodifiableMap(byName);
    this.types = Map.copyOf(types);
  }

  /**
   * Makes all channels of the section {@code channels}.
   *
   * @throws IllegalArgumentException for the first one that is wrong, naming channel and key
   */
  public static Channels build(Map<String, ChannelSettings> settings, ChannelParts parts) {
    Map<String, Channel> made = new LinkedHashMap<>();
    Map<String, String> types = new LinkedHashMap<>();
    settings.forEach(
        (name, channel) -> {
          made.put(name, channel.build(name, parts));
          types.put(name, ChannelSettings.type(channel));
        });
    return new Channels(made.values(), types);
  }

  /** The {@code type} of a channel as the configuration writes it; empty when it has none. */
  public String typeOf(String name) {
    return types.getOrDefault(name, "");
  }

  /** The names there are, sorted. */
  public Set<String> names() {
    return channels.keySet();
  }

  /**
   * The channel of this name.
   *
   * @throws ChannelException permanent, naming it and what was probably meant
   */
  public Channel get(String name) {
    Channel channel = channels.get(name);
    if (channel == null) {
      throw new ChannelException(unknown(name), true, null);
    }
    return channel;
  }

  /** The channel of this name if its other side follows incidents. */
  public Optional<Following> following(String name) {
    return channels.get(name) instanceof Following following
        ? Optional.of(following)
        : Optional.empty();
  }

  /** The channel of this name if people press buttons in it. */
  public Optional<Answering> answering(String name) {
    return channels.get(name) instanceof Answering answering
        ? Optional.of(answering)
        : Optional.empty();
  }

  /** Whether people press buttons in any channel. */
  public boolean anyAnswering() {
    return channels.values().stream().anyMatch(Answering.class::isInstance);
  }

  /** Whether any channel's other side follows incidents. */
  public boolean anyFollowing() {
    return channels.values().stream().anyMatch(Following.class::isInstance);
  }

  /** What to say of a name that no channel has. */
  public String unknown(String name) {
    return "there is no channel '%s' in config.yml (%s)"
        .formatted(
            name,
            channels.isEmpty()
                ? "there is none at all"
                : Nearest.advice(name, List.copyOf(names())));
  }
}
