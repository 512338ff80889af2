package dev.firebreak.alert.generic;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where labels or annotations come from.
 *
 * @param whole an expression that yields a map, or null
 * @param each an expression for each name; empty when {@code whole} is given
 */
public record Fields(@Nullable String whole, Map<String, String> each) {
  public Fields {
    each = Collections.unmodifiableMap(new LinkedHashMap<>(each));
  }

  /**
   * As configuration writes it: a text, or a mapping of names to texts.
   *
   * @throws IllegalArgumentException when it is neither
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Fields of(Object written) {
    if (written instanceof String whole) {
      return new Fields(whole, Map.of());
    }
    if (!(written instanceof Map<?, ?> map) || map.isEmpty()) {
      throw new IllegalArgumentException(
          "must be an expression that yields a map, or a mapping of names to expressions");
    }
    Map<String, String> each = new LinkedHashMap<>();
    map.forEach((name, source) -> each.put(String.valueOf(name), String.valueOf(source)));
    return new Fields(null, each);
  }
}
