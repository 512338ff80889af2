package dev.firebreak.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import dev.firebreak.core.Nearest;
import dev.firebreak.runbook.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What the validator found, in words. */
final class SchemaWords {
  private static final Map<String, String> WORDS =
      Map.of(
          "string", "a text",
          "integer", "a whole number",
          "number", "a number",
          "boolean", "true or false",
          "object", "a mapping",
          "array", "a list",
          "null", "null");

  private static final Map<String, String> MISSING =
      Map.of(
          "verify", "a fix counts only when it is verified",
          "limit", "every change has a limit: limit: {max: 2, per: 1h}",
          "undo", "say what takes the change back, or undo: null when there is nothing",
          "do", "name the change: do: {command: {run: [...]}}, or steps for several",
          "target", "name what the change touches: target: \"redis/{{alert.labels.instance}}\"",
          "owner", "name the team that answers for this runbook",
          "incident", "alerts with the same key share one incident");

  private SchemaWords() {}

  static String missing(String key, JsonNode holder) {
    String known = MISSING.get(key);
    return known != null
        ? known
        : holder.path("properties").path(key).path("description").asText("");
  }

  static String type(YamlNode node, JsonNode holder) {
    String wanted =
        texts(holder.path("type")).stream()
            .map(type -> WORDS.getOrDefault(type, type))
            .collect(Collectors.joining(" or "));
    String quotes =
        node instanceof Scalar(Object value, char style, int line, int column)
                && value != null
                && !(value instanceof String)
                && wanted.startsWith("a text")
            ? ": write \"" + value + "\" in quotes"
            : "";
    return "must be " + wanted + ", not " + kind(node) + quotes;
  }

  private static String kind(YamlNode node) {
    return switch (node) {
      case YamlNode.Items items -> "a list";
      case YamlNode.Fields fields -> "a mapping";
      case Scalar scalar -> kind(scalar.value());
    };
  }

  private static String kind(@Nullable Object value) {
    return switch (value) {
      case null -> "empty";
      case String text -> "a text";
      case Boolean flag -> "true or false";
      case Double fraction -> "a fraction";
      default -> "a number";
    };
  }

  static String value(Error error, YamlNode node, JsonNode holder) {
    String own = YamlNode.plain(node) instanceof Object value ? ", not '" + value + "'" : "";
    JsonNode bound = holder.path(error.getKeyword());
    return switch (error.getKeyword()) {
      case "pattern" -> "must be " + form(holder) + own;
      case "enum" -> "must be " + String.join(" or ", texts(bound)) + own;
      case "const" -> "must be " + bound + own;
      case "minimum" -> "must be at least " + bound + own;
      case "maximum" -> "must be at most " + bound + own;
      case "minItems", "minProperties" -> "must not be empty";
      case "maxItems" -> "must have at most " + bound + " items";
      case "maxLength" -> "must have at most " + bound + " characters";
      case "uniqueItems" -> "must not name anything twice";
      case "oneOf", "anyOf" ->
          "does not fit" + own + ": " + holder.path("description").asText("see the action's page");
      default -> plain(error);
    };
  }

  static String advice(Error error, YamlNode node, JsonNode holder) {
    String text = YamlNode.text(node);
    return error.getKeyword().equals("enum") && text != null
        ? Nearest.to(text, texts(holder.path("enum")))
            .map(word -> "did you mean '" + word + "'?")
            .orElse("")
        : "";
  }

  private static String form(JsonNode holder) {
    if (holder.has("x-form")) {
      return holder.path("x-form").asText();
    }
    String pattern = holder.path("pattern").asText();
    if (pattern.contains("(?:ms|s|m|h|d)")) {
      return "a duration like 500ms, 30s, 5m, 2h or 1h30m";
    }
    return pattern.equals("\\S") ? "a text that is not blank" : "of the form " + pattern;
  }

  private static String plain(Error error) {
    String message = error.getMessage();
    return message == null ? error.getKeyword() : message.toLowerCase(Locale.ROOT);
  }

  /** The names of the actions a step may have. */
  static List<String> actions(JsonNode holder) {
    return StreamSupport.stream(holder.path("oneOf").spliterator(), false)
        .map(choice -> choice.path("required").path(0).asText())
        .toList();
  }

  private static List<String> texts(JsonNode node) {
    if (node.isTextual()) {
      return List.of(node.asText());
    }
    List<String> texts = new ArrayList<>();
    node.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
