package dev.firebreak.channel;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.dropwizard.jackson.Discoverable;

/**
 * One entry of the section {@code channels}: a channel by its name. {@code type} chooses the kind;
 * each leaf of this room has one, found through {@code META-INF/services}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface ChannelSettings extends Discoverable {
  /**
   * Makes the channel. Asks nothing of the network and reads no secret: a channel that is down
   * stops no start.
   *
   * @param name its name in the configuration
   * @throws IllegalArgumentException naming the key that is wrong and what to write instead
   */
  Channel build(String name, ChannelParts parts);
}
