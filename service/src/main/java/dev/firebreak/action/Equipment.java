package dev.firebreak.action;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.core.Secrets;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;

/**
 * What every action is handed when it is made. Thread-safe.
 *
 * @param json reads and writes JSON
 * @param clock tells the time
 * @param blocking runs work that blocks in the operating system (name look-ups, pipes of commands):
 *     platform threads, as many as are asked for, daemons; never virtual ones, which it would stop
 * @param secrets hands secrets out and masks them
 * @param egress says where connections may go
 * @param credentials what may be shown to whom
 * @param outgoing sends HTTP requests
 * @param settings the section {@code actions} of the configuration: by type, then by key
 */
public record Equipment(
    ObjectMapper json,
    InstantSource clock,
    Executor blocking,
    Secrets secrets,
    Egress egress,
    Credentials credentials,
    Outgoing outgoing,
    Map<String, Object> settings) {
  public Equipment {
    settings = Map.copyOf(settings);
  }

  /**
   * The configuration of one action.
   *
   * @param action its type, the key below {@code actions}
   * @param type a record that checks itself; every component may be absent
   * @throws IllegalArgumentException when a key is unknown or a value is wrong; it names the key
   */
  public <T> T settings(String action, Class<T> type) {
    Object given = settings.getOrDefault(action, Map.of());
    try {
      return json.readerFor(type)
          .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .readValue(json.<JsonNode>valueToTree(given));
    } catch (JsonMappingException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String message =
          cause instanceof JsonMappingException m ? m.getOriginalMessage() : cause.getMessage();
      String place = "actions." + action + path(e);
      e.prependPath(settings, action);
      e.prependPath(settings, "actions");
      throw new IllegalArgumentException(place + ": " + message, e);
    } catch (IOException e) {
      throw new IllegalArgumentException("actions." + action + ": " + e.getMessage(), e);
    }
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      path.append(
          step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
    }
    return path.toString();
  }

  void refuseSettingsExcept(Set<String> types) {
    TreeSet<String> unknown = new TreeSet<>(settings.keySet());
    unknown.removeAll(types);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "actions.%s: there is no such action; there are %s"
              .formatted(unknown.first(), String.join(", ", types)));
    }
  }
}
