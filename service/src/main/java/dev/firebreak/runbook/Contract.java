package dev.firebreak.runbook;

import dev.firebreak.expression.Expression;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a runbook wants from whoever calls it, and what it gives back. Immutable.
 *
 * @param inputs by name, in the order of the file
 * @param outputs worked out when a run of it ends, by name
 */
public record Contract(Map<String, Input> inputs, Map<String, Expression> outputs) {
  /** Wants nothing and gives nothing. */
  public static final Contract NONE = new Contract(Map.of(), Map.of());

  public Contract {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /**
   * One thing a runbook wants.
   *
   * @param fallback taken when it is not given; null when it must be given
   */
  public record Input(OutputType type, @Nullable Object fallback) {}

  /**
   * What a run goes by when it is given this.
   *
   * @param given JSON values; texts may stand for numbers and flags
   * @throws IllegalArgumentException naming the input that is missing, unknown or of another type
   */
  public Map<String, Object> filled(Map<String, Object> given) {
    for (String name : given.keySet()) {
      if (!inputs.containsKey(name)) {
        throw new IllegalArgumentException("it wants no '" + name + "'");
      }
    }
    Map<String, Object> filled = new LinkedHashMap<>();
    inputs.forEach((name, input) -> filled.put(name, one(name, input, given.get(name))));
    return filled;
  }

  private static Object one(String name, Input input, @Nullable Object given) {
    Object value = given == null ? input.fallback() : given;
    if (value == null) {
      throw new IllegalArgumentException("it is not given '" + name + "'");
    }
    Object read = value instanceof String text ? input.type().read(text) : value;
    if (!input.type().fits(read)) {
      throw new IllegalArgumentException(
          "'%s' must be of type %s, not %s"
              .formatted(name, input.type().asText(), OutputType.of(read)));
    }
    return read;
  }
}
