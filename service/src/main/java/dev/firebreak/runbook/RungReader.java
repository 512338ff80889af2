package dev.firebreak.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.firebreak.expression.Escape;
import dev.firebreak.expression.Scope;
import dev.firebreak.expression.Template;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the fixes. */
final class RungReader {
  private static final JsonNode NOTHING = MissingNode.getInstance();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Values values;
  private final Expressions expressions;
  private final CallReader calls;
  private final Layout layout;
  private final Findings findings;
  private final RungStepReader steps;
  private final FreshnessReader evidence;
  private final FormReader forms;

  RungReader(
      Values values,
      Expressions expressions,
      CallReader calls,
      Layout layout,
      FreshnessReader evidence,
      Findings findings) {
    this.evidence = evidence;
    this.forms = new FormReader(values, findings);
    this.findings = findings;
    this.steps = new RungStepReader(values, expressions, calls, this, layout);
    this.values = values;
    this.expressions = expressions;
    this.calls = calls;
    this.layout = layout;
  }

  Rung read(YamlNode node, int index) {
    Scope scope = layout.rung(index, false);
    String id = values.text(node, "id", "");
    YamlNode several = YamlNode.at(node, "steps");
    Duration timeout = values.duration(node, "timeout", TIMEOUT);
    either(node, several != null);
    return new Rung(
        id,
        values.text(node, "name", id),
        expressions.condition(YamlNode.at(node, "when"), scope),
        targets(YamlNode.at(node, "target"), scope),
        limit(YamlNode.at(node, "limit")),
        values.duration(node, "cooldown", Duration.ZERO),
        approve(node, layout.rung(index, true)),
        call(YamlNode.at(node, "do"), layout.change(index)),
        values.flag(node, "idempotent", false),
        StepReader.retry(YamlNode.at(node, "retry"), values),
        timeout,
        values.text(node, "artifact"),
        verify(YamlNode.at(node, "verify"), layout.part(index)),
        undo(YamlNode.at(node, "undo"), layout.part(index), timeout),
        values.optional(node, "deadline"),
        YamlNode.items(several).stream().map(step -> steps.read(step, index)).toList(),
        lock(values.text(node, "lock", "queue")),
        evidence.read(node));
  }

  /** A rung has one change, or steps that say it all for themselves. */
  private void either(YamlNode node, boolean several) {
    for (String key : List.of("do", "undo")) {
      if (!several && !YamlNode.fields(node).containsKey(key)) {
        missing(node, key);
      }
    }
    for (String key : List.of("do", "undo", "idempotent", "retry", "timeout", "artifact")) {
      YamlNode.Field said = YamlNode.fields(node).get(key);
      if (several && said != null) {
        findings.error(
            said.line(),
            said.column(),
            "not-with-steps",
            "a rung with steps has no '" + key + "' of its own",
            "say it of each step");
      }
    }
  }

  void missing(YamlNode node, String key) {
    findings.error(
        node, "missing-key", "'" + key + "' is missing", SchemaWords.missing(key, NOTHING));
  }

  @Nullable Undo undo(@Nullable YamlNode node, Scope scope, Duration timeout) {
    return node instanceof YamlNode.Fields
        ? new Undo(
            call(node, scope),
            StepReader.retry(YamlNode.at(node, "retry"), values),
            values.duration(node, "timeout", timeout),
            values.flag(node, "idempotent", false))
        : null;
  }

  private Call call(@Nullable YamlNode node, Scope scope) {
    return calls.read(node, scope, CallReader.Kind.CHANGES, "");
  }

  List<Template> targets(@Nullable YamlNode node, Scope scope) {
    if (node instanceof YamlNode.Scalar) {
      return List.of(expressions.template(node, Escape.KEY, scope));
    }
    return YamlNode.items(node).stream()
        .map(item -> expressions.template(item, Escape.KEY, scope))
        .toList();
  }

  private static LockMode lock(String mode) {
    return Stream.of(LockMode.values())
        .filter(known -> known.asText().equals(mode))
        .findFirst()
        .orElse(LockMode.QUEUE);
  }

  private @Nullable Limit limit(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    String over = values.text(node, "over", "refuse");
    return new Limit(
        Math.max(1, values.number(node, "max", 1)),
        values.duration(node, "per", Duration.ofHours(1)),
        switch (over) {
          case "ask" -> Limit.Over.ASK;
          case "queue" -> Limit.Over.QUEUE;
          default -> Limit.Over.REFUSE;
        });
  }

  private @Nullable Approve approve(YamlNode rung, Scope scope) {
    YamlNode node = YamlNode.at(rung, "approve");
    if (node == null) {
      return null;
    }
    return new Approve(
        expressions.condition(YamlNode.at(node, "when"), scope),
        values.texts(YamlNode.at(node, "by")),
        Math.max(1, values.number(node, "quorum", 1)),
        values.duration(node, "within", Duration.ofMinutes(15)),
        values.duration(node, "not_before", Duration.ZERO),
        values.flag(node, "four_eyes", false),
        values.texts(YamlNode.at(node, "except")),
        StepReader.walks(YamlNode.at(node, "then"), values),
        forms.read(rung, YamlNode.at(node, "form"), YamlNode.at(node, "when") != null));
  }

  @Nullable Verify verify(@Nullable YamlNode node, Scope scope) {
    if (node == null) {
      return null;
    }
    return new Verify(
        calls.read(node, scope, CallReader.Kind.READS, "`verify` only reads"),
        expressions.condition(YamlNode.at(node, "expect"), scope.withOutput()),
        values.duration(node, "settle", Duration.ZERO),
        values.duration(node, "within", Duration.ofMinutes(1)),
        values.duration(node, "every", Duration.ofSeconds(2)),
        values.duration(node, "timeout", Duration.ofSeconds(5)));
  }
}
