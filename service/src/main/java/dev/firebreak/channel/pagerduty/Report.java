package dev.firebreak.channel.pagerduty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.channel.Feedback;
import dev.firebreak.channel.Matter;
import dev.firebreak.channel.Words;
import java.io.IOException;
import java.util.Optional;

/** Reads PagerDuty's V3 webhooks. Pure. */
final class Report {
  private static final int MAX_NAME = 80;

  private Report() {}

  /**
   * What it says of an incident of ours: the one whose id is the alert's key there.
   *
   * @throws IllegalArgumentException when it is no V3 event
   */
  static Optional<Feedback> read(ObjectMapper json, byte[] body) {
    JsonNode event = parsed(json, body).path("event");
    if (!event.path("event_type").isTextual()) {
      throw new IllegalArgumentException("the body has no event.event_type");
    }
    String thread = event.path("data").path("incident_key").asText("");
    Matter.Stage stage =
        switch (event.path("event_type").asText()) {
          case "incident.acknowledged" -> Matter.Stage.ACKNOWLEDGED;
          case "incident.resolved" -> Matter.Stage.RESOLVED;
          default -> Matter.Stage.NEWS;
        };
    if (stage == Matter.Stage.NEWS || thread.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Feedback(thread, stage, by(event), event.path("id").asText("")));
  }

  private static JsonNode parsed(ObjectMapper json, byte[] body) {
    try {
      JsonNode read = json.readTree(body);
      if (read != null && read.isObject()) {
        return read;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("the body is not JSON", e);
    }
    throw new IllegalArgumentException("the body is not a JSON object");
  }

  /** A person there; an event of ours comes back without one. */
  private static String by(JsonNode event) {
    String name = Words.line(event.path("agent").path("summary").asText(""), MAX_NAME);
    return name.isEmpty() ? "PagerDuty" : name;
  }
}
