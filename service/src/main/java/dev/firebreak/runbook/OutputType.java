package dev.firebreak.runbook;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What kind of value an author expects a step to bring. */
public enum OutputType {
  STRING(String.class),
  INTEGER(Long.class, Integer.class),
  NUMBER(Number.class),
  BOOLEAN(Boolean.class),
  LIST(List.class),
  OBJECT(Map.class);

  private final List<Class<?>> classes;

  OutputType(Class<?>... classes) {
    this.classes = List.of(classes);
  }

  /** Whether a JSON value is of this type. */
  public boolean fits(Object value) {
    return classes.stream().anyMatch(type -> type.isInstance(value));
  }

  /** What a text says, if it can be a value of this type; else the text itself. */
  Object read(String text) {
    try {
      return switch (this) {
        case INTEGER -> Long.parseLong(text.strip());
        case NUMBER -> Double.parseDouble(text.strip());
        case BOOLEAN ->
            text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : text;
        case STRING, LIST, OBJECT -> text;
      };
    } catch (NumberFormatException e) {
      return text;
    }
  }

  /** {@code integer}, as the file writes it. */
  public String asText() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a JSON value is, in a word. */
  public static String of(Object value) {
    for (OutputType type : values()) {
      if (type.fits(value)) {
        return type.asText();
      }
    }
    return value.getClass().getSimpleName();
  }
}
