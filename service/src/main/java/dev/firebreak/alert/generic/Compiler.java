package dev.firebreak.alert.generic;

import dev.firebreak.expression.Cel;
import dev.firebreak.expression.Expression;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.expression.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles the expressions of a mapping and names the key of one that is wrong. */
record Compiler(String where) {
  Expression expression(String key, String source) {
    try {
      return Cel.expression(source, Scope.PAYLOAD);
    } catch (ExpressionException e) {
      throw new IllegalArgumentException(where + key + ": " + e.getMessage(), e);
    }
  }

  @Nullable Expression optional(String key, @Nullable String source) {
    return source == null ? null : expression(key, source);
  }

  Entries entries(String key, @Nullable Fields fields) {
    if (fields == null) {
      return new Entries(key, null, Map.of());
    }
    Map<String, Expression> each = new LinkedHashMap<>();
    fields.each().forEach((name, source) -> each.put(name, expression(key + "." + name, source)));
    return new Entries(key, optional(key, fields.whole()), each);
  }
}
