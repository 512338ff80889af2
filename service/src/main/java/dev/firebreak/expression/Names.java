package dev.firebreak.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a name of a template stands for, in maps only: never a field, a method or an index of
 * an object.
 */
final class Names {
  private static final Object NOWHERE = new Object();

  private Names() {}

  /**
   * The value of a name, null when there is none or it is null.
   *
   * @param scopes the outermost first
   */
  static @Nullable Object find(String name, List<Object> scopes) {
    if (name.equals(".")) {
      return scopes.getLast();
    }
    String[] parts = name.split("\\.", -1);
    for (int i = scopes.size() - 1; i >= 0; i--) {
      if (scopes.get(i) instanceof Map<?, ?> map && knows(map, parts)) {
        Object found = walk(map, parts, 0);
        return found == NOWHERE ? null : found;
      }
    }
    return null;
  }

  /** Whether the first name, alone or with what follows it, is a key here. */
  private static boolean knows(Map<?, ?> map, String[] parts) {
    return map.containsKey(parts[0]) || walk(map, parts, 0) != NOWHERE;
  }

  /** Keys may hold dots themselves ({@code labels["service.name"]}): the shortest key wins. */
  private static @Nullable Object walk(Map<?, ?> map, String[] parts, int from) {
    StringBuilder key = new StringBuilder();
    for (int to = from; to < parts.length; to++) {
      key.append(to == from ? "" : ".").append(parts[to]);
      if (map.containsKey(key.toString())) {
        Object value = map.get(key.toString());
        Object found = to == parts.length - 1 ? value : below(value, parts, to + 1);
        if (found != NOWHERE) {
          return found;
        }
      }
    }
    return NOWHERE;
  }

  private static @Nullable Object below(@Nullable Object value, String[] parts, int from) {
    return value instanceof Map<?, ?> map ? walk(map, parts, from) : NOWHERE;
  }
}
