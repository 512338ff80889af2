package dev.firebreak.alert.generic;

import dev.firebreak.alert.AlertFault;
import dev.firebreak.expression.Expression;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The labels or the annotations of a mapping, compiled. What yields null is left out. */
record Entries(String key, @Nullable Expression whole, Map<String, Expression> each) {
  Map<String, String> of(Map<String, @Nullable Object> model) {
    Map<String, String> entries = new LinkedHashMap<>();
    Object found = Values.of(key, whole, model);
    if (found instanceof Map<?, ?> map) {
      map.forEach((name, value) -> put(entries, String.valueOf(name), value));
    } else if (found != null) {
      throw new AlertFault("mapping." + key + " must yield a map");
    }
    each.forEach((name, source) -> put(entries, name, Values.of(key + "." + name, source, model)));
    return entries;
  }

  private void put(Map<String, String> entries, String name, @Nullable Object value) {
    String text = Values.text(key + "." + name, value);
    if (text != null) {
      entries.put(name, text);
    }
  }
}
