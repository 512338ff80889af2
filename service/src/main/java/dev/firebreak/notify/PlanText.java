package dev.firebreak.notify;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a plan as lines that are read on a phone. Pure. */
final class PlanText {
  private static final int MAX_VALUE = 300;
  private static final int MAX_LINES = 40;
  private static final int DEEPEST = 4;

  private PlanText() {}

  static String of(Map<String, Object> plan) {
    StringBuilder text = new StringBuilder();
    write(plan, 0, text);
    List<String> lines = text.toString().lines().toList();
    String all = String.join("\n", lines.subList(0, Math.min(MAX_LINES, lines.size())));
    return lines.size() > MAX_LINES ? all + "\n…" : all;
  }

  private static void write(Map<?, ?> fields, int depth, StringBuilder text) {
    fields.forEach(
        (name, value) -> {
          text.append("  ".repeat(depth)).append(name).append(':');
          if (value instanceof Map<?, ?> map && !map.isEmpty() && depth < DEEPEST) {
            text.append('\n');
            write(map, depth + 1, text);
          } else {
            text.append(' ').append(value(value)).append('\n');
          }
        });
  }

  private static String value(@Nullable Object value) {
    String text =
        switch (value) {
          case null -> "none";
          case List<?> list -> String.join(" ", list.stream().map(String::valueOf).toList());
          default -> String.valueOf(value);
        };
    return dev.firebreak.channel.Words.line(text, MAX_VALUE);
  }
}
