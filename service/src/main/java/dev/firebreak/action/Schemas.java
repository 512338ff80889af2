package dev.firebreak.action;

import dev.firebreak.core.Durations;
import dev.firebreak.expression.Escape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the JSON Schemas of parameters. Wherever a number or duration may stand, a template may
 * stand too; what it becomes is checked when it is filled in.
 */
public final class Schemas {
  private static final String TEMPLATE = "\\{\\{";

  private Schemas() {}

  /** An object that takes these properties and no others. */
  public static Map<String, Object> object(Map<String, Object> properties, String... required) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("additionalProperties", false);
    if (required.length > 0) {
      schema.put("required", List.of(required));
    }
    return Collections.unmodifiableMap(schema);
  }

  /** Properties in the order they are given: name, schema, name, schema, … */
  public static Map<String, Object> properties(Object... namesAndSchemas) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (int i = 0; i < namesAndSchemas.length; i += 2) {
      properties.put(String.valueOf(namesAndSchemas[i]), namesAndSchemas[i + 1]);
    }
    return Collections.unmodifiableMap(properties);
  }

  /** A text that is not blank, written for this context. */
  public static Map<String, Object> text(Escape context, String description) {
    return of("string", description, "pattern", "\\S", "x-context", context.name());
  }

  /** A text that may be empty, written for this context. */
  public static Map<String, Object> anyText(Escape context, String description) {
    return of("string", description, "x-context", context.name());
  }

  /** A whole number, or a template that becomes one. */
  public static Map<String, Object> integer(int min, int max, String description) {
    return of(
        List.of("integer", "string"),
        description,
        "minimum",
        min,
        "maximum",
        max,
        "pattern",
        "^[0-9]{1,9}$|" + TEMPLATE);
  }

  /** A duration as in {@code 2s}, or a template that becomes one. */
  public static Map<String, Object> duration(String description) {
    return of("string", description, "pattern", Durations.PATTERN + "|" + TEMPLATE);
  }

  /** True or false. */
  public static Map<String, Object> flag(String description) {
    return of("boolean", description);
  }

  /** One of these words. */
  public static Map<String, Object> word(String description, String... words) {
    return of("string", description, "enum", List.of(words));
  }

  /** A list of at least {@code min} items. */
  public static Map<String, Object> list(int min, Map<String, Object> item, String description) {
    return of("array", description, "minItems", min, "items", item);
  }

  /** A mapping from any name to this. */
  public static Map<String, Object> map(Map<String, Object> value, String description) {
    return of("object", description, "additionalProperties", value);
  }

  /** Any schema: its type, what it says to authors, and further keywords with their values. */
  public static Map<String, Object> of(Object type, String description, Object... keywords) {
    List<Object> all = new ArrayList<>(List.of("type", type, "description", description));
    all.addAll(List.of(keywords));
    return properties(all.toArray());
  }
}
