package dev.firebreak.channel;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
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

  /** The {@code type} that chooses these settings. */
  static String type(ChannelSettings settings) {
    JsonTypeName name = settings.getClass().getAnnotation(JsonTypeName.class);
    return name == null ? "" : name.value();
  }
}
