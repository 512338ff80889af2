package dev.firebreak.runbook;

import dev.firebreak.expression.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One parameter of a call: a tree whose texts are templates. Immutable. */
public sealed interface Param {
  /** The JSON value this parameter has for these facts. */
  Object resolve(Map<String, ?> model);

  /** A number or a boolean, or a text without variables. */
  record Literal(Object value) implements Param {
    @Override
    public Object resolve(Map<String, ?> model) {
      return value;
    }
  }

  /** A text with variables; the template knows its context. */
  record Text(Template template) implements Param {
    @Override
    public Object resolve(Map<String, ?> model) {
      return template.render(model);
    }
  }

  /** A list. */
  record Items(List<Param> items) implements Param {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public Object resolve(Map<String, ?> model) {
      return items.stream().map(item -> item.resolve(model)).toList();
    }
  }

  /** A mapping, in the order of the file. */
  record Fields(Map<String, Param> fields) implements Param {
    public Fields {
      fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @Override
    public Object resolve(Map<String, ?> model) {
      Map<String, Object> resolved = new LinkedHashMap<>();
      fields.forEach((name, field) -> resolved.put(name, field.resolve(model)));
      return resolved;
    }
  }
}
