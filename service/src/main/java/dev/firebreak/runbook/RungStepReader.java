package dev.firebreak.runbook;

import dev.firebreak.expression.Expression;
import dev.firebreak.expression.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the steps of a rung that has several. */
final class RungStepReader {
  private static final Duration READS = Duration.ofSeconds(10);
  private static final Duration CHANGES = Duration.ofSeconds(60);

  private final Values values;
  private final Expressions expressions;
  private final CallReader calls;
  private final RungReader rungs;
  private final Layout layout;

  RungStepReader(
      Values values, Expressions expressions, CallReader calls, RungReader rungs, Layout layout) {
    this.values = values;
    this.expressions = expressions;
    this.calls = calls;
    this.rungs = rungs;
    this.layout = layout;
  }

  /** A step of the rung with this place in the ladder. */
  RungStep read(YamlNode node, int rung) {
    String id = values.text(node, "id", "");
    Scope scope = layout.inRung(rung, id);
    Scope own = RungLayout.withItem(scope, node);
    Scope after = RungLayout.withItem(layout.afterInRung(rung, id), node);
    Call call = calls.step(node, own, CallReader.Kind.CHANGES, "");
    boolean changes = calls.changes(node);
    Duration timeout = values.duration(node, "timeout", changes ? CHANGES : READS);
    if (changes && !YamlNode.fields(node).containsKey("undo")) {
      rungs.missing(node, "undo");
    }
    return new RungStep(
        step(node, id, call, scope, timeout),
        changes,
        rungs.targets(YamlNode.at(node, "target"), own),
        onFailure(node),
        values.flag(node, "idempotent", false),
        rungs.verify(YamlNode.at(node, "verify"), after),
        rungs.undo(YamlNode.at(node, "undo"), after, timeout),
        foreach(YamlNode.at(node, "foreach"), scope));
  }

  private Step step(YamlNode node, String id, Call call, Scope scope, Duration timeout) {
    return new Step(
        id,
        values.text(node, "name", id),
        call,
        expressions.condition(YamlNode.at(node, "when"), scope),
        values.texts(YamlNode.at(node, "needs")),
        StepReader.retry(YamlNode.at(node, "retry"), values),
        timeout,
        values.text(node, "artifact"),
        values.optional(node, "deadline"),
        StepReader.output(YamlNode.at(node, "output")));
  }

  private OnFailure onFailure(YamlNode node) {
    String instead = RungLayout.instead(node);
    if (instead != null) {
      return new OnFailure.Instead(instead);
    }
    return values.text(node, "on_failure", "stop").equals("continue")
        ? new OnFailure.Continue()
        : new OnFailure.Stop();
  }

  private @Nullable Foreach foreach(@Nullable YamlNode node, Scope scope) {
    if (node == null) {
      return null;
    }
    return new Foreach(
        in(YamlNode.at(node, "in"), scope),
        values.text(node, "as", RungLayout.ITEM),
        Math.max(1, values.number(node, "concurrency", 1)),
        YamlNode.items(YamlNode.at(node, "ramp")).stream().map(RungStepReader::wave).toList(),
        Math.max(1, values.number(node, "stop_after", 1)),
        values.flag(node, "may_be_empty", false));
  }

  private Expression in(@Nullable YamlNode node, Scope scope) {
    return node instanceof YamlNode.Items items
        ? new Literal((List<?>) Objects.requireNonNull(YamlNode.plain(items)))
        : expressions.expression(node, scope);
  }

  /** A list that stands in the file. */
  private record Literal(List<?> items) implements Expression {
    @Override
    public Object evaluate(Map<String, ?> model) {
      return items;
    }

    @Override
    public String source() {
      return String.valueOf(items);
    }
  }

  private static Foreach.Wave wave(YamlNode node) {
    if (node instanceof YamlNode.Scalar scalar && scalar.value() instanceof Long size) {
      return new Foreach.Wave((int) Math.clamp(size, 1, Integer.MAX_VALUE), false);
    }
    String text = YamlNode.text(node);
    String digits = text == null ? "" : text.toLowerCase(Locale.ROOT).replace("%", "");
    return new Foreach.Wave(
        digits.matches("[0-9]{1,3}") ? Math.clamp(Integer.parseInt(digits), 1, 100) : 100, true);
  }
}
