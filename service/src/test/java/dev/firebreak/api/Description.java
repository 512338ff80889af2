package dev.firebreak.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The published description of the interface, to hold answers against. */
final class Description {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  final JsonNode document = load();

  private static JsonNode load() {
    try (InputStream file = Description.class.getResourceAsStream("openapi.json")) {
      return JSON.readTree(Objects.requireNonNull(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code get /api/v1/runs}, for every operation. */
  List<String> operations() {
    List<String> all = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> all.add(method + " " + path.getKey())));
    return all;
  }

  /** The operation a request is for. */
  JsonNode operation(String method, String path) {
    JsonNode best = JSON.missingNode();
    int bestLiteral = -1;
    for (Map.Entry<String, JsonNode> entry : document.path("paths").properties()) {
      String template = entry.getKey();
      int literal = template.replaceAll("\\{[^}]+}", "").length();
      if (path.matches(template.replaceAll("\\{[^}]+}", "[^/]+"))
          && entry.getValue().has(method)
          && literal > bestLiteral) {
        best = entry.getValue().path(method);
        bestLiteral = literal;
      }
    }
    return best;
  }

  /** A response or request body, with its reference followed. */
  JsonNode resolved(JsonNode node) {
    String ref = node.path("$ref").asText();
    return ref.isEmpty() ? node : document.at(ref.substring(1));
  }

  /** What is wrong with a value. */
  List<String> faults(JsonNode schema, JsonNode value) {
    ObjectNode whole = schema.deepCopy();
    Set<String> seen = new HashSet<>();
    include(schema, whole.putObject("components").putObject("schemas"), seen);
    return SCHEMAS.getSchema(whole).validate(value).stream().map(Error::toString).toList();
  }

  /** Only what is referred to: the whole document takes long to compile. */
  private void include(JsonNode schema, ObjectNode schemas, Set<String> seen) {
    for (String ref : schema.findValuesAsText("$ref")) {
      if (seen.add(ref)) {
        JsonNode target = document.at(ref.substring(1));
        schemas.set(ref.substring(ref.lastIndexOf('/') + 1), target);
        include(target, schemas, seen);
      }
    }
  }
}
