package dev.firebreak.oncall;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One way to a person.
 *
 * @param channel a configured channel
 * @param to the person's address there; null when the channel is the person's own
 */
public record Contact(String channel, @Nullable String to) {
  @JsonCreator
  public Contact(
      @JsonProperty("channel") @Nullable String channel, @JsonProperty("to") @Nullable String to) {
    if (channel == null || channel.isBlank()) {
      throw new IllegalArgumentException("'channel' of a contact is missing");
    }
    if (to != null && to.isBlank()) {
      throw new IllegalArgumentException("'to' of a contact is empty");
    }
    this.channel = channel;
    this.to = to;
  }

  /** The channel, and enough of the address to know it by: {@code sms …67}. */
  public String shown() {
    return to == null ? channel : channel + " " + shortened(to);
  }

  private static String shortened(String address) {
    int at = address.indexOf('@');
    return at > 0
        ? address.charAt(0) + "…" + address.substring(at)
        : "…" + address.substring(Math.max(0, address.length() - 2));
  }
}
