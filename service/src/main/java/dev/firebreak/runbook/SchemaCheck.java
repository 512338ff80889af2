package dev.firebreak.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import dev.firebreak.core.Nearest;
import dev.firebreak.expression.Mustache;
import dev.firebreak.runbook.YamlNode.Field;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first pass: the shape of a file, by its JSON Schema, in the words of somebody who reads it.
 */
final class SchemaCheck {
  private static final Dialect DIALECT =
      Dialect.builder(Dialects.getDraft202012())
          .keyword(new NonValidationKeyword("x-form"))
          .keyword(new NonValidationKeyword("x-context"))
          .keyword(new NonValidationKeyword(TemplateNames.KEYWORD))
          .build();

  private static final Set<String> FILLED_IN_LATER =
      Set.of("type", "pattern", "minimum", "maximum", "minLength", "maxLength", "format");

  /** Why one of several choices does not fit is less clear than that none does. */
  private static final Pattern WITHIN_CHOICE = Pattern.compile("/(?:oneOf|anyOf)[/\\[.]");

  /** That a step has exactly one action is checked with better words by the second pass. */
  private static final Pattern ONE_ACTION =
      Pattern.compile("/\\$defs/[a-z]+/(?:oneOf|anyOf)(?:/.*)?");

  private final JsonNode source;
  private final Schema schema;

  SchemaCheck(ActionVocabulary actions) {
    source = RunbookSchema.of(actions);
    schema = SchemaRegistry.withDialect(DIALECT).getSchema(source);
  }

  /** Reports everything that has the wrong shape. */
  void check(YamlNode root, Findings findings) {
    for (Error error : schema.validate(YamlNode.json(root))) {
      String path = error.getEvaluationPath().toString();
      String pointer = error.getSchemaLocation().getFragment().toString();
      if (!WITHIN_CHOICE.matcher(path).find() && !ONE_ACTION.matcher(pointer).matches()) {
        report(error, root, findings);
      }
    }
  }

  private void report(Error error, YamlNode root, Findings findings) {
    YamlNode node = find(root, error.getInstanceLocation());
    String pointer = error.getSchemaLocation().getFragment().toString();
    boolean parameter = pointer.startsWith("/$defs/" + RunbookSchema.CALL);
    String text = YamlNode.text(node);
    boolean later =
        parameter
            && text != null
            && Mustache.isTemplate(text)
            && FILLED_IN_LATER.contains(error.getKeyword())
            && singleValue(pointer);
    if (!later) {
      report(error, node, holder(pointer), findings);
    }
  }

  /** Whether the schema there describes single values, and not only lists or mappings. */
  private boolean singleValue(String pointer) {
    JsonNode type = holder(pointer).path("type");
    for (String word : List.of("string", "integer", "number", "boolean")) {
      if (type.asText().equals(word) || contains(type, word)) {
        return true;
      }
    }
    return type.isMissingNode();
  }

  private static boolean contains(JsonNode words, String word) {
    for (JsonNode each : words) {
      if (each.asText().equals(word)) {
        return true;
      }
    }
    return false;
  }

  /** The schema that a keyword stands in. */
  private JsonNode holder(String pointer) {
    return source.at(pointer.substring(0, pointer.lastIndexOf('/')));
  }

  private static void report(Error error, YamlNode node, JsonNode holder, Findings findings) {
    switch (error.getKeyword()) {
      case "additionalProperties" -> unknown(error.getProperty(), node, holder, findings);
      case "required" ->
          findings.error(
              node,
              "missing-key",
              "'" + error.getProperty() + "' is missing",
              SchemaWords.missing(error.getProperty(), holder));
      case "propertyNames" -> {
        String form = holder.path("propertyNames").path("x-form").asText("a name");
        findings.error(node, "wrong-form", "a key here must be " + form, "");
      }
      case "type" -> findings.error(node, "wrong-type", SchemaWords.type(node, holder), "");
      default ->
          findings.error(
              node,
              "wrong-value",
              SchemaWords.value(error, node, holder),
              SchemaWords.advice(error, node, holder));
    }
  }

  private static void unknown(
      @Nullable String key, YamlNode node, JsonNode holder, Findings findings) {
    Field field = key == null ? null : YamlNode.fields(node).get(key);
    if (field == null || key == null) {
      return;
    }
    Set<String> known = new TreeSet<>();
    Iterator<String> names = holder.path("properties").fieldNames();
    names.forEachRemaining(known::add);
    known.removeAll(YamlNode.fields(node).keySet());
    boolean action = holder.has("oneOf") && !(field.value() instanceof YamlNode.Scalar);
    findings.error(
        field.line(),
        field.column(),
        action ? "unknown-action" : "unknown-key",
        action ? "there is no action '" + key + "'" : "unknown key '" + key + "'",
        Nearest.advice(key, action ? SchemaWords.actions(holder) : known));
  }

  private static YamlNode find(YamlNode root, NodePath path) {
    YamlNode node = root;
    List<String> names = new ArrayList<>();
    for (int i = 0; i < path.getNameCount(); i++) {
      names.add(String.valueOf(path.getElement(i)));
    }
    for (String name : names) {
      YamlNode next =
          node instanceof YamlNode.Items items
              ? items.items().get(Integer.parseInt(name))
              : YamlNode.at(node, name);
      if (next == null) {
        return node;
      }
      node = next;
    }
    return node;
  }
}
