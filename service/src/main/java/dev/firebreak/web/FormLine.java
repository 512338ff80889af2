package dev.firebreak.web;

import dev.firebreak.gate.Gate;
import dev.firebreak.runbook.FormField;
import dev.firebreak.runbook.FormType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One field of a gate's form, as a page shows it.
 *
 * @param id of the input, unique on the page
 * @param field by which it is sent
 * @param fixed whether somebody has answered it already: who approves later approves that
 * @param value what stands in it; may be empty
 * @param choice whether it is chosen from {@code options}
 * @param number whether it is a number, whole when {@code step} is 1
 */
record FormLine(
    String id,
    String field,
    String label,
    String help,
    boolean anyHelp,
    boolean required,
    boolean fixed,
    String value,
    boolean choice,
    List<Option> options,
    boolean number,
    String step,
    String min,
    String max) {
  /** How the name of a field begins by which an answer is sent. */
  static final String PREFIX = "answer.";

  /** One of those to choose from. */
  record Option(String value, String text, boolean chosen) {}

  /**
   * The form of a gate.
   *
   * @param place how the ids begin
   */
  static List<FormLine> of(Gate gate, String place) {
    Map<String, Object> standing = gate.answers();
    return gate.form().fields().stream()
        .map(field -> line(field, standing.get(field.name()), place))
        .toList();
  }

  private static FormLine line(FormField field, @Nullable Object standing, String place) {
    Object value = standing == null ? field.fallback() : standing;
    String text = value == null ? "" : value.toString();
    boolean number = field.type() == FormType.INTEGER || field.type() == FormType.NUMBER;
    List<Option> options = options(field, text);
    return new FormLine(
        place + "-" + field.name(),
        PREFIX + field.name(),
        field.label(),
        field.type() == FormType.DURATION && field.help().isEmpty()
            ? "like 30s, 5m or 1h"
            : field.help(),
        field.type() == FormType.DURATION || !field.help().isEmpty(),
        field.required(),
        standing != null,
        text,
        !options.isEmpty(),
        options,
        number,
        field.type() == FormType.INTEGER ? "1" : "any",
        field.min() == null ? "" : field.min().toPlainString(),
        field.max() == null ? "" : field.max().toPlainString());
  }

  private static List<Option> options(FormField field, String chosen) {
    Stream<Option> all =
        switch (field.type()) {
          case BOOLEAN ->
              Stream.of(
                  new Option("true", "yes", chosen.equals("true")),
                  new Option("false", "no", chosen.equals("false")));
          case CHOICE -> field.options().stream().map(it -> new Option(it, it, it.equals(chosen)));
          case TEXT, INTEGER, NUMBER, DURATION -> Stream.of();
        };
    List<Option> options = new ArrayList<>(all.toList());
    if (!options.isEmpty() && chosen.isEmpty()) {
      options.addFirst(new Option("", "choose", true));
    }
    return options;
  }

  /** What the places of a plan stand for, as rows of it. */
  static List<PlanTree.Row> rows(Gate gate) {
    Map<String, Object> standing = gate.answers();
    return gate.form().fields().stream()
        .map(
            field ->
                new PlanTree.Row(
                    "‹" + field.name() + "›",
                    List.of(
                        standing.containsKey(field.name())
                            ? String.valueOf(standing.get(field.name()))
                            : "filled in by who approves: " + what(field))))
        .toList();
  }

  private static String what(FormField field) {
    String least = field.min() == null ? "" : ", at least " + field.min().toPlainString();
    String most = field.max() == null ? "" : ", at most " + field.max().toPlainString();
    String options = field.options().isEmpty() ? "" : " of " + String.join(", ", field.options());
    return field.type().asText() + options + least + most;
  }
}
