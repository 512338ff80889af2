package dev.firebreak.ticket;

import dev.firebreak.core.Message;
import dev.firebreak.outbox.CourierException;
import dev.firebreak.run.Artifact;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message asks for.
 *
 * @param key the message's
 * @param run null when the message follows an incident's resolution
 * @param step null likewise
 * @param attach {@code all}, {@code none} or a list of names
 * @param news one sentence that a note tells, or empty
 * @param opens whether a ticket is opened when there is none
 */
record TicketRequest(
    String key,
    String incident,
    String system,
    @Nullable String run,
    @Nullable String step,
    String template,
    Object attach,
    String news,
    boolean opens) {
  static TicketRequest of(Message message) {
    Map<String, Object> payload = message.payload();
    boolean resolve = Boolean.TRUE.equals(payload.get("resolve"));
    return new TicketRequest(
        message.key(),
        text(message, "incident"),
        text(message, "system"),
        payload.get("run") instanceof String run ? run : null,
        payload.get("step") instanceof String step ? step : null,
        payload.get("template") instanceof String template ? template : "incident",
        payload.getOrDefault("attach", resolve ? "none" : "all"),
        payload.get("news") instanceof String news ? news : "",
        !resolve);
  }

  private static String text(Message message, String name) {
    if (message.payload().get(name) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw new CourierException(
        "ticket message " + message.key() + " has no '" + name + "'", true, null);
  }

  boolean wants(Artifact artifact) {
    return switch (attach) {
      case String word -> word.equals("all");
      case List<?> names -> names.contains(artifact.name());
      default -> false;
    };
  }
}
