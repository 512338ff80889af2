package dev.firebreak.alert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The headers of one request; names in any case. Immutable. */
public final class Headers {
  /** No headers at all: a replay has none. */
  public static final Headers NONE = new Headers(Map.of());

  private static final Set<String> SECRET =
      Set.of("authorization", "proxy-authorization", "cookie", "x-api-key");

  private final Map<String, List<String>> values;

  private Headers(Map<String, List<String>> values) {
    this.values = values;
  }

  /** The headers as a server hands them over. */
  public static Headers of(Map<String, List<String>> raw) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    raw.forEach(
        (name, list) ->
            values.merge(name.toLowerCase(Locale.ROOT), List.copyOf(list), Headers::both));
    return new Headers(values);
  }

  private static List<String> both(List<String> first, List<String> second) {
    return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
  }

  /** The value of a header that was sent exactly once; empty when it was not, or several times. */
  public Optional<String> one(String name) {
    List<String> list = values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    return list.size() == 1 ? Optional.of(list.getFirst()) : Optional.empty();
  }

  /** What expressions see as {@code headers}: lower-case names, without credentials. */
  public Map<String, Object> asModel() {
    Map<String, Object> model = new LinkedHashMap<>();
    values.forEach(
        (name, list) -> {
          if (!SECRET.contains(name) && !name.contains("signature") && !name.contains("token")) {
            model.put(name, String.join(", ", list));
          }
        });
    return model;
  }
}
