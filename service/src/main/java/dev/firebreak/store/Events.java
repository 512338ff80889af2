package dev.firebreak.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import dev.firebreak.run.RunEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Events of runs as text, for another node of this version or the one before: an object with the
 * name of the event and its parts.
 */
final class Events {
  private static final String TYPE = "event";
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .registerModule(new ParameterNamesModule())
          .setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
  private static final Map<String, Class<?>> TYPES =
      Arrays.stream(RunEvent.class.getPermittedSubclasses())
          .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

  private Events() {}

  static String write(RunEvent event) {
    ObjectNode node = MAPPER.valueToTree(event);
    return node.put(TYPE, event.getClass().getSimpleName()).toString();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalStateException when this version knows no such event
   */
  static RunEvent read(String text) {
    try {
      ObjectNode node = (ObjectNode) MAPPER.readTree(text);
      String name = node.remove(TYPE).asText();
      Class<?> type = TYPES.get(name);
      if (type == null) {
        throw new IllegalStateException("this version knows no event '" + name + "'");
      }
      return (RunEvent) MAPPER.treeToValue(node, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "a letter to a run cannot be read: " + e.getOriginalMessage(), e);
    }
  }
}
