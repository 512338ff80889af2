package dev.firebreak.runbook;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;

/** A small vocabulary, so that the loader is tested without the actions. */
final class FakeActions implements ActionVocabulary {
  private final Map<String, Map<String, Object>> schemas;

  FakeActions() {
    try (InputStream file = FakeActions.class.getResourceAsStream("/runbook/vocabulary.json")) {
      schemas = new ObjectMapper().readValue(file, new TypeReference<>() {});
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Set<String> types() {
    return schemas.keySet();
  }

  @Override
  public Map<String, Object> schema(String type) {
    Map<String, Object> schema = schemas.get(type);
    if (schema == null) {
      throw new IllegalArgumentException("no action " + type);
    }
    return schema;
  }

  @Override
  public boolean changes(String type, Map<String, Object> params) {
    boolean reads = Boolean.TRUE.equals(params.get("reads"));
    return switch (type) {
      case "http" ->
          !reads && !Set.of("GET", "HEAD").contains(params.getOrDefault("method", "GET"));
      case "command" -> !reads;
      default -> false;
    };
  }
}
