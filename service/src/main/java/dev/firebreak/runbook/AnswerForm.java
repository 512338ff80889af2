package dev.firebreak.runbook;

import dev.firebreak.core.Nearest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What people fill in when they approve a change, in the order of the file. Immutable. */
public record AnswerForm(List<FormField> fields) {
  /** Where a plan says what is to be filled in. */
  public static final String KEY = "form";

  /** Nothing is to be filled in. */
  public static final AnswerForm NONE = new AnswerForm(List.of());

  /** Greater than every whole number that is an answer. */
  private static final long FIRST_PLACE = 9_713_405_826_190_700L;

  public AnswerForm {
    fields = List.copyOf(fields);
  }

  /**
   * What a form makes of what it was given.
   *
   * @param answers typed, in the order of the form; JSON values only
   * @param faults what is wrong with what was given, by field; empty when all is well
   */
  public record Filled(Map<String, Object> answers, Map<String, String> faults) {
    public Filled {
      answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
      faults = Collections.unmodifiableMap(new LinkedHashMap<>(faults));
    }
  }

  /** Whether there is nothing to fill in. */
  public boolean isEmpty() {
    return fields.isEmpty();
  }

  /** Reads what people gave: all that is wrong with it at once. An empty text is no answer. */
  public Filled fill(Map<String, ?> given) {
    Map<String, Object> answers = new LinkedHashMap<>();
    Map<String, String> faults = new TreeMap<>();
    for (FormField field : fields) {
      try {
        answers.put(field.name(), one(field, given.get(field.name())));
      } catch (IllegalArgumentException e) {
        faults.put(field.name(), String.valueOf(e.getMessage()));
      }
    }
    List<String> names = fields.stream().map(FormField::name).toList();
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        String advice = Nearest.advice(name, names);
        faults.put(name, "is not asked for" + (advice.isEmpty() ? "" : "; " + advice));
      }
    }
    return new Filled(answers, faults);
  }

  private static Object one(FormField field, @Nullable Object given) {
    boolean blank = given == null || (given instanceof String text && text.isBlank());
    if (!blank && given != null) {
      return field.read(given);
    }
    if (field.required() || field.fallback() == null) {
      throw new IllegalArgumentException("must be answered");
    }
    return field.fallback();
  }

  /** The answers of a change nobody is asked about; empty when some have no default. */
  public Optional<Map<String, Object>> defaults() {
    Filled filled = fill(Map.of());
    return filled.faults().isEmpty() ? Optional.of(filled.answers()) : Optional.empty();
  }

  /**
   * What stands in for answers while nobody has given any: numbers no answer can be, since they fit
   * wherever an answer may, whatever is escaped there. {@link #shown} puts the names there.
   */
  public Map<String, Object> places() {
    Map<String, Object> places = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      places.put(fields.get(i).name(), FIRST_PLACE + i);
    }
    return places;
  }

  /** A tree of JSON values that was filled with {@link #places}, as people are shown it. */
  public Map<String, Object> shown(Map<String, Object> filled) {
    Map<String, Object> shown = new LinkedHashMap<>();
    filled.forEach((name, value) -> shown.put(name, named(value)));
    return shown;
  }

  private Object named(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((name, item) -> named.put(String.valueOf(name), named(item)));
        yield named;
      }
      case List<?> list -> list.stream().map(this::named).toList();
      case String text -> inText(text);
      default -> value;
    };
  }

  private String inText(String text) {
    String named = text;
    for (int i = 0; i < fields.size(); i++) {
      named = named.replace(Long.toString(FIRST_PLACE + i), fields.get(i).place());
    }
    return named;
  }

  /** As plans show it; JSON values only. */
  public List<Map<String, Object>> asModel() {
    return fields.stream().map(FormField::asModel).toList();
  }

  /** Out of a plan; nothing when it asks nothing. */
  public static AnswerForm ofModel(@Nullable Object model) {
    return model instanceof List<?> all
        ? new AnswerForm(
            all.stream().map(Map.class::cast).map(each -> FormField.of((Map<?, ?>) each)).toList())
        : NONE;
  }
}
