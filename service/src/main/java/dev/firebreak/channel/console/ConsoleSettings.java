package dev.firebreak.channel.console;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelParts;
import dev.firebreak.channel.ChannelSettings;

/** {@code type: console}: no other keys. */
@JsonTypeName("console")
public record ConsoleSettings() implements ChannelSettings {
  @Override
  public Channel build(String name, ChannelParts parts) {
    return new ConsoleChannel(name, parts.console());
  }
}
