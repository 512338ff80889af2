package dev.firebreak.action;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads filled-in parameters with their checks; a text may stand for a number. */
public final class Params {
  private final Map<String, Object> values;

  public Params(Map<String, Object> values) {
    this.values = values;
  }

  /** Whether it was given. */
  public boolean has(String name) {
    return values.get(name) != null;
  }

  /**
   * A text that is not blank.
   *
   * @throws BadParameter when it is missing or blank
   */
  public String text(String name) {
    String text = text(name, "");
    if (text.isBlank()) {
      throw new BadParameter(name, "is empty");
    }
    return text;
  }

  /** A text, or the default when it was not given. */
  public String text(String name, String fallback) {
    Object value = values.get(name);
    return value == null ? fallback : String.valueOf(value);
  }

  /** A whole number in a range, or the default when it was not given. */
  public int integer(String name, int fallback, int min, int max) {
    Object value = values.get(name);
    int number = value == null ? fallback : parse(name, value);
    if (number < min || number > max) {
      throw new BadParameter(name, "must be from " + min + " to " + max + ", not " + number);
    }
    return number;
  }

  private static int parse(String name, Object value) {
    try {
      return new java.math.BigDecimal(String.valueOf(value).strip()).intValueExact();
    } catch (NumberFormatException | ArithmeticException e) {
      throw new BadParameter(name, "must be a whole number, not '" + value + "'");
    }
  }

  /** True or false, or the default when it was not given. */
  public boolean flag(String name, boolean fallback) {
    Object value = values.get(name);
    return value == null ? fallback : Boolean.parseBoolean(String.valueOf(value));
  }

  /** A duration as runbooks write it ({@code 2s}), or the default when it was not given. */
  public Duration duration(String name, Duration fallback) {
    Object value = values.get(name);
    try {
      return value == null ? fallback : dev.firebreak.core.Durations.parse(String.valueOf(value));
    } catch (IllegalArgumentException e) {
      throw new BadParameter(name, String.valueOf(e.getMessage()));
    }
  }

  /** A list of texts, empty when it was not given. */
  public List<String> texts(String name) {
    return values.get(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** A mapping, empty when it was not given. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> fields(String name) {
    return values.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** The value as it is, null when it was not given. */
  public @Nullable Object raw(String name) {
    return values.get(name);
  }
}
