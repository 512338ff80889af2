package dev.firebreak.guard.opa;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/** What the agent said of a change. What is not clearly one of these is {@link Nonsense}. */
sealed interface Verdict {
  ObjectMapper JSON = new ObjectMapper();

  /** Longer sentences are cut. */
  int LONGEST = 500;

  /** It may be made. */
  record Allow() implements Verdict {}

  /**
   * People are asked.
   *
   * @param by whom; empty for whom the runbook names
   */
  record Ask(String why, List<String> by) implements Verdict {
    public Ask {
      by = List.copyOf(by);
    }
  }

  /** No. */
  record Deny(String why) implements Verdict {}

  /** It was not reached, or its answer is none. */
  record Nonsense(String fault) implements Verdict {}

  /** Reads the answer to a question to the data API. */
  static Verdict read(int status, String body) {
    if (status != 200) {
      return new Nonsense("it answered " + status);
    }
    try {
      JsonNode document = JSON.readTree(body);
      return of(document == null ? MissingNode.getInstance() : document.path("result"));
    } catch (JsonProcessingException e) {
      return new Nonsense("its answer is not JSON");
    }
  }

  private static Verdict of(JsonNode result) {
    if (result.isMissingNode() || result.isNull()) {
      return new Nonsense("it has no decision at this address: its answer has no result");
    }
    String why = result.path("why").asText("").strip();
    String said = why.substring(0, Math.min(why.length(), LONGEST));
    return switch (result.path("decision").asText("")) {
      case "allow" -> new Allow();
      case "ask" -> said.isEmpty() ? mute("ask") : asks(said, result.path("by"));
      case "deny" -> said.isEmpty() ? mute("deny") : new Deny(said);
      default -> new Nonsense("its result has no decision that is allow, ask or deny");
    };
  }

  private static Verdict mute(String decision) {
    return new Nonsense("it says %s without a why".formatted(decision));
  }

  private static Verdict asks(String why, JsonNode by) {
    List<String> people = new ArrayList<>();
    for (JsonNode name : by) {
      if (!name.isTextual() || name.asText().isBlank()) {
        return new Nonsense("its by is no list of names");
      }
      people.add(name.asText());
    }
    return by.isMissingNode() || by.isArray()
        ? new Ask(why, people)
        : new Nonsense("its by is no list of names");
  }
}
