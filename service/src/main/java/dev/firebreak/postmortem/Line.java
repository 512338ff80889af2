package dev.firebreak.postmortem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.firebreak.core.Actor;
import dev.firebreak.run.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal with its data parsed.
 *
 * @param run empty when it concerns none
 * @param step empty when it concerns none
 */
record Line(
    Instant at, String actor, String kind, String run, String step, String text, JsonNode data) {
  static Line of(JournalEntry entry, ObjectMapper json) {
    return new Line(
        entry.at(),
        entry.actor(),
        entry.kind(),
        orEmpty(entry.runId()),
        orEmpty(entry.stepId()),
        entry.text(),
        parse(entry.data(), json));
  }

  /** Stands for so many lines that are not here. */
  static Line gap(long lost) {
    return new Line(
        Instant.EPOCH,
        Actor.ENGINE.asText(),
        "",
        "",
        "",
        lost + " lines are left out here; the timeline of the incident has them all",
        MissingNode.getInstance());
  }

  /** A line whose data cannot be read still tells what it says. */
  private static JsonNode parse(String data, ObjectMapper json) {
    try {
      return json.readTree(data);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  boolean is(String wanted) {
    return kind.equals(wanted);
  }

  /**
   * A step's line in this phase: {@code diagnose}, {@code change}, {@code verify}, {@code undo}.
   */
  boolean in(String phase) {
    return kind.startsWith("step.") && value("phase").equals(phase);
  }

  /** Whether it says how a step ended. */
  boolean ends() {
    return switch (kind) {
      case "step.succeeded", "step.failed", "step.skipped", "step.cancelled", "step.unknown" ->
          true;
      default -> false;
    };
  }

  /** A text of the data, empty when it is not there. */
  String value(String key) {
    return data.path(key).isValueNode() ? data.path(key).asText() : "";
  }

  /** A list of texts of the data, empty when it is not there. */
  List<String> values(String key) {
    List<String> values = new ArrayList<>();
    data.path(key).forEach(value -> values.add(value.asText()));
    return values;
  }

  boolean byPerson() {
    return actor.startsWith("person:");
  }

  /** The actor's name without what sort of actor it is. */
  String name() {
    return actor.substring(actor.indexOf(':') + 1);
  }
}
