package dev.firebreak.notify;

import dev.firebreak.channel.Matter;
import dev.firebreak.core.Message;
import dev.firebreak.outbox.CourierException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message of kind {@code notify} asks for.
 *
 * @param key the message's own
 * @param incident its id
 * @param run its id, or null
 * @param channels tried in this order until one takes it; never empty
 * @param to the reader's address in a channel, by the channel's name; one that has none here is
 *     read by whoever reads it
 * @param template name of the text, or null when the text is given
 * @param text the text itself, or null when a template writes it
 * @param subject null when the template or the incident gives it
 * @param link null for the incident's page
 * @param stage what became of the incident, for channels that follow it; else news
 * @param model facts that only this message has, by name
 */
record NotifyMessage(
    String key,
    String incident,
    @Nullable String run,
    List<String> channels,
    Map<String, String> to,
    @Nullable String template,
    @Nullable String text,
    @Nullable String subject,
    @Nullable String link,
    Matter.Stage stage,
    Map<String, Object> model) {
  static final String KIND = "notify";

  NotifyMessage {
    channels = List.copyOf(channels);
    to = Map.copyOf(to);
  }

  /**
   * Reads a message.
   *
   * @throws CourierException permanent, when it names no incident, no channel or no text
   */
  static NotifyMessage read(Message message) {
    Map<String, Object> payload = message.payload();
    String incident = text(payload, "incident");
    String template = text(payload, "template");
    String text = text(payload, "text");
    List<String> channels = channels(payload);
    if (incident == null || channels.isEmpty() || (template == null && text == null)) {
      throw new CourierException(
          "message " + message.key() + " lacks an incident, a channel or a text", true, null);
    }
    return new NotifyMessage(
        message.key(),
        incident,
        text(payload, "run"),
        channels,
        addresses(payload.get("to")),
        template,
        text,
        text(payload, "subject"),
        text(payload, "link"),
        stage(text(payload, "stage")),
        fields(payload.get("model")));
  }

  private static Matter.Stage stage(@Nullable String written) {
    return Arrays.stream(Matter.Stage.values())
        .filter(stage -> stage.name().toLowerCase(Locale.ROOT).equals(written))
        .findFirst()
        .orElse(Matter.Stage.NEWS);
  }

  /** Whom a message of this kind names; empty when it names nobody. */
  static List<String> channels(Map<String, Object> payload) {
    if (payload.get("channels") instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    String one = text(payload, "channel");
    return one == null ? List.of() : List.of(one);
  }

  private static Map<String, String> addresses(@Nullable Object value) {
    Map<String, String> addresses = new LinkedHashMap<>();
    fields(value).forEach((channel, address) -> addresses.put(channel, String.valueOf(address)));
    return addresses;
  }

  private static @Nullable String text(Map<String, Object> payload, String key) {
    Object value = payload.get(key);
    return value == null || String.valueOf(value).isBlank() ? null : String.valueOf(value);
  }

  private static Map<String, Object> fields(@Nullable Object value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, field) -> fields.put(String.valueOf(name), field));
    }
    return fields;
  }
}
