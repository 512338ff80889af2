package dev.firebreak.runbook;

import dev.firebreak.core.Durations;
import dev.firebreak.core.Nearest;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing people fill in when they approve.
 *
 * @param name how expressions and templates call it
 * @param label for humans
 * @param help for humans; may be empty
 * @param required whether it must be given although it may have a default
 * @param fallback taken when it is not given; null only when it is required
 * @param min the least number, or null
 * @param max the greatest number, or null
 * @param options what a choice chooses from; empty for all others
 */
public record FormField(
    String name,
    String label,
    String help,
    FormType type,
    boolean required,
    @Nullable Object fallback,
    @Nullable BigDecimal min,
    @Nullable BigDecimal max,
    List<String> options) {
  private static final int LONGEST = 500;

  /** Whole numbers beyond this are not exact in JSON. */
  private static final long GREATEST = (1L << 53) - 1;

  public FormField {
    options = List.copyOf(options);
  }

  /**
   * The value that is meant, as this type has it; texts may stand for numbers and flags.
   *
   * @throws IllegalArgumentException saying what it must be
   */
  public Object read(Object given) {
    return switch (type) {
      case TEXT -> line(given);
      case INTEGER -> whole(given);
      case NUMBER -> inBounds(number(given)).doubleValue();
      case BOOLEAN -> flag(given);
      case CHOICE -> choice(given);
      case DURATION -> duration(given);
    };
  }

  private static String line(Object given) {
    if (!(given instanceof String text)) {
      throw new IllegalArgumentException("must be a text");
    }
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("must have at most " + LONGEST + " characters");
    }
    if (text.codePoints().anyMatch(FormField::unseen)) {
      throw new IllegalArgumentException("must be one line, without characters nobody sees");
    }
    return text;
  }

  private static boolean unseen(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  private Long whole(Object given) {
    BigDecimal number = number(given);
    if (number.stripTrailingZeros().scale() > 0
        || number.abs().compareTo(BigDecimal.valueOf(GREATEST)) > 0) {
      throw new IllegalArgumentException("must be a whole number");
    }
    return inBounds(number).longValueExact();
  }

  private static BigDecimal number(Object given) {
    try {
      String text = given instanceof Number || given instanceof String ? given.toString() : "";
      if (text.length() <= 30) {
        BigDecimal number = new BigDecimal(text.strip());
        if (Math.abs((long) number.scale()) <= 30) {
          return number;
        }
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a number", e);
    }
    throw new IllegalArgumentException("must be a number");
  }

  private BigDecimal inBounds(BigDecimal number) {
    if (min != null && number.compareTo(min) < 0) {
      throw new IllegalArgumentException("must be at least " + min.toPlainString());
    }
    if (max != null && number.compareTo(max) > 0) {
      throw new IllegalArgumentException("must be at most " + max.toPlainString());
    }
    return number;
  }

  private static Boolean flag(Object given) {
    return switch (given) {
      case Boolean flag -> flag;
      case String text when text.equals("true") -> true;
      case String text when text.equals("false") -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private String choice(Object given) {
    String word = given instanceof Map<?, ?> || given instanceof List<?> ? "" : given.toString();
    if (!options.contains(word)) {
      String advice = Nearest.advice(word, options);
      throw new IllegalArgumentException(
          "must be one of " + String.join(", ", options) + (advice.isEmpty() ? "" : "; " + advice));
    }
    return word;
  }

  private static String duration(Object given) {
    try {
      return Durations.text(Durations.parse(String.valueOf(given).strip()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be a duration like 30s, 5m or 1h", e);
    }
  }

  /** What stands in a plan in the place of an answer that nobody has given yet. */
  String place() {
    return "‹" + name + "›";
  }

  /** As plans, pages and programs are shown it; JSON values only. */
  Map<String, Object> asModel() {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", name);
    model.put("label", label);
    model.put("help", help);
    model.put("type", type.asText());
    model.put("required", required);
    if (fallback != null) {
      model.put("default", fallback);
    }
    if (min != null) {
      model.put("min", min.toPlainString());
    }
    if (max != null) {
      model.put("max", max.toPlainString());
    }
    model.put("options", options);
    return model;
  }

  static FormField of(Map<?, ?> model) {
    return new FormField(
        String.valueOf(model.get("name")),
        String.valueOf(model.get("label")),
        String.valueOf(model.get("help")),
        FormType.named(String.valueOf(model.get("type"))).orElseThrow(),
        Boolean.TRUE.equals(model.get("required")),
        model.get("default"),
        bound(model.get("min")),
        bound(model.get("max")),
        model.get("options") instanceof List<?> options
            ? options.stream().map(String::valueOf).toList()
            : List.of());
  }

  private static @Nullable BigDecimal bound(@Nullable Object text) {
    return text == null ? null : new BigDecimal(text.toString());
  }
}
