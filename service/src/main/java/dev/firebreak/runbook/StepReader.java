package dev.firebreak.runbook;

import dev.firebreak.expression.Scope;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the steps that read or report. */
final class StepReader {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Values values;
  private final Expressions expressions;
  private final CallReader calls;

  StepReader(Values values, Expressions expressions, CallReader calls) {
    this.values = values;
    this.expressions = expressions;
    this.calls = calls;
  }

  Step diagnosis(YamlNode node, Scope scope) {
    return read(node, values.text(node, "id", ""), scope, "`diagnose` only reads");
  }

  Step report(YamlNode node, String id, Scope scope) {
    return read(node, id, scope, "`finally` only reports");
  }

  private Step read(YamlNode node, String id, Scope scope, String where) {
    return new Step(
        id,
        values.text(node, "name", id),
        calls.step(node, scope, CallReader.Kind.READS, where),
        expressions.condition(YamlNode.at(node, "when"), scope),
        values.texts(YamlNode.at(node, "needs")),
        retry(YamlNode.at(node, "retry"), values),
        values.duration(node, "timeout", TIMEOUT),
        values.text(node, "artifact"),
        values.optional(node, "deadline"),
        output(YamlNode.at(node, "output")));
  }

  static Map<String, OutputType> output(@Nullable YamlNode node) {
    Map<String, OutputType> output = new LinkedHashMap<>();
    YamlNode.fields(node)
        .forEach(
            (name, field) -> {
              String type = YamlNode.text(field.value());
              Stream.of(OutputType.values())
                  .filter(known -> known.asText().equals(type))
                  .forEach(known -> output.put(name, known));
            });
    return output;
  }

  static Retry retry(@Nullable YamlNode node, Values values) {
    return node == null
        ? Retry.NONE
        : new Retry(
            Math.max(1, values.number(node, "attempts", 1)),
            values.duration(node, "backoff", Retry.NONE.backoff()),
            values.duration(node, "cap", Retry.NONE.cap()));
  }

  /** The items of {@code by}, and of each further walk. */
  static List<List<String>> walks(@Nullable YamlNode node, Values values) {
    return YamlNode.items(node).stream().map(values::texts).toList();
  }
}
