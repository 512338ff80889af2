package dev.firebreak.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tree of JSON values as rows a human can read, every value as it is. */
final class PlanTree {
  private static final int ROWS = 200;
  private static final int DEEPEST = 8;

  private final List<Row> rows = new ArrayList<>();

  /**
   * One value.
   *
   * @param name where it stands: {@code headers.Accept}
   * @param values one, or one for each item of a list, each shown on its own
   */
  record Row(String name, List<String> values) {}

  static List<Row> rows(Map<String, ?> plan) {
    PlanTree tree = new PlanTree();
    plan.forEach((name, value) -> tree.add(name, value, 0));
    return List.copyOf(tree.rows);
  }

  /** The same as lines of text. */
  static String text(Map<String, ?> plan) {
    StringBuilder text = new StringBuilder();
    for (Row row : rows(plan)) {
      text.append(row.name()).append(": ").append(String.join(" ", row.values())).append('\n');
    }
    return text.toString();
  }

  private void add(String name, @Nullable Object value, int depth) {
    if (rows.size() == ROWS) {
      rows.add(new Row("…", List.of("more than " + ROWS + " values: the rest is not shown")));
    }
    if (rows.size() > ROWS) {
      return;
    }
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() && depth < DEEPEST ->
          map.forEach((key, below) -> add(name + "." + key, below, depth + 1));
      case List<?> list when list.stream().anyMatch(PlanTree::deep) && depth < DEEPEST ->
          items(name, list, depth);
      case List<?> list -> rows.add(new Row(name, list.stream().map(String::valueOf).toList()));
      case null -> rows.add(new Row(name, List.of("null")));
      default -> rows.add(new Row(name, List.of(value.toString())));
    }
  }

  private void items(String name, List<?> list, int depth) {
    for (int i = 0; i < list.size(); i++) {
      add(name + "[" + i + "]", list.get(i), depth + 1);
    }
  }

  private static boolean deep(@Nullable Object value) {
    return value instanceof Map<?, ?> || value instanceof List<?>;
  }
}
