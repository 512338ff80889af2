package dev.firebreak.runbook;

import dev.firebreak.expression.Escape;
import dev.firebreak.expression.Scope;
import dev.firebreak.expression.Template;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the fixes. */
final class RungReader {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Values values;
  private final Expressions expressions;
  private final CallReader calls;
  private final Layout layout;

  RungReader(Values values, Expressions expressions, CallReader calls, Layout layout) {
    this.values = values;
    this.expressions = expressions;
    this.calls = calls;
    this.layout = layout;
  }

  Rung read(YamlNode node, int index) {
    Scope scope = layout.rung(index, false);
    String id = values.text(node, "id", "");
    YamlNode undo = YamlNode.at(node, "undo");
    return new Rung(
        id,
        values.text(node, "name", id),
        expressions.condition(YamlNode.at(node, "when"), scope),
        targets(YamlNode.at(node, "target"), scope),
        limit(YamlNode.at(node, "limit")),
        values.duration(node, "cooldown", Duration.ZERO),
        approve(YamlNode.at(node, "approve"), layout.rung(index, true)),
        call(YamlNode.at(node, "do"), scope),
        values.flag(node, "idempotent", false),
        StepReader.retry(YamlNode.at(node, "retry"), values),
        values.duration(node, "timeout", TIMEOUT),
        values.text(node, "artifact"),
        verify(YamlNode.at(node, "verify"), index),
        undo instanceof YamlNode.Fields ? call(undo, layout.part(index, false)) : null);
  }

  private Call call(@Nullable YamlNode node, Scope scope) {
    return calls.read(node, scope, CallReader.Kind.CHANGES, "");
  }

  private List<Template> targets(@Nullable YamlNode node, Scope scope) {
    if (node instanceof YamlNode.Scalar) {
      return List.of(expressions.template(node, Escape.KEY, scope));
    }
    return YamlNode.items(node).stream()
        .map(item -> expressions.template(item, Escape.KEY, scope))
        .toList();
  }

  private @Nullable Limit limit(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    boolean ask = values.text(node, "over", "refuse").equals("ask");
    return new Limit(
        Math.max(1, values.number(node, "max", 1)),
        values.duration(node, "per", Duration.ofHours(1)),
        ask ? Limit.Over.ASK : Limit.Over.REFUSE);
  }

  private @Nullable Approve approve(@Nullable YamlNode node, Scope scope) {
    if (node == null) {
      return null;
    }
    return new Approve(
        expressions.condition(YamlNode.at(node, "when"), scope),
        values.texts(YamlNode.at(node, "by")),
        Math.max(1, values.number(node, "quorum", 1)),
        values.duration(node, "within", Duration.ofMinutes(15)),
        StepReader.walks(YamlNode.at(node, "then"), values));
  }

  private @Nullable Verify verify(@Nullable YamlNode node, int index) {
    if (node == null) {
      return null;
    }
    return new Verify(
        calls.read(node, layout.part(index, false), CallReader.Kind.READS, "`verify` only reads"),
        expressions.condition(YamlNode.at(node, "expect"), layout.part(index, true)),
        values.duration(node, "settle", Duration.ZERO),
        values.duration(node, "within", Duration.ofMinutes(1)),
        values.duration(node, "every", Duration.ofSeconds(2)),
        values.duration(node, "timeout", Duration.ofSeconds(5)));
  }
}
