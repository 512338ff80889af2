package dev.firebreak.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeSet;

/** The JSON Schema (2020-12) of a runbook file with every action's parameters, for editors. */
public final class RunbookSchema {
  /** Below {@code $defs}: where the parameters of an action are described. */
  static final String CALL = "action.";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> HOLDERS = List.of("call", "verify");
  private static final List<String> STEPS = List.of("diagnosis", "report", "part");

  private static final List<String> BUILT_IN = List.of(WaitReader.WORD, ChildReader.WORD);

  private RunbookSchema() {}

  /** The schema as text, for a file editors are pointed to. */
  public static String text(ActionVocabulary actions) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(of(actions)) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema as a tree. */
  static ObjectNode of(ActionVocabulary actions) {
    ObjectNode schema = skeleton();
    ObjectNode definitions = (ObjectNode) schema.get("$defs");
    ArrayNode oneOf = JSON.createArrayNode();
    for (String type : new TreeSet<>(actions.types())) {
      definitions.set(CALL + type, JSON.valueToTree(actions.schema(type)));
      oneOf.addObject().putArray("required").add(type);
    }
    for (String holder : HOLDERS) {
      inject((ObjectNode) definitions.get(holder), actions).set("oneOf", oneOf);
    }
    ArrayNode oneOfStep = oneOf.deepCopy();
    for (String word : BUILT_IN) {
      oneOfStep.addObject().putArray("required").add(word);
    }
    for (String holder : STEPS) {
      ObjectNode step = inject((ObjectNode) definitions.get(holder), actions);
      step.set("oneOf", oneOfStep);
      for (String word : BUILT_IN) {
        ((ObjectNode) step.get("properties")).putObject(word).put("$ref", "#/$defs/" + word);
      }
    }
    for (String holder : List.of(WaitReader.WORD, "undo")) {
      ObjectNode unused = inject((ObjectNode) definitions.get(holder), actions);
    }
    return schema;
  }

  private static ObjectNode inject(ObjectNode holder, ActionVocabulary actions) {
    ObjectNode properties = (ObjectNode) holder.get("properties");
    for (String type : new TreeSet<>(actions.types())) {
      properties.putObject(type).put("$ref", "#/$defs/" + CALL + type);
    }
    return holder;
  }

  private static ObjectNode skeleton() {
    try (InputStream file = RunbookSchema.class.getResourceAsStream("runbook.schema.json")) {
      JsonNode schema = JSON.readTree(file);
      return (ObjectNode) schema;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
