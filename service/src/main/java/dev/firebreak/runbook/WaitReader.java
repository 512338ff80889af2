package dev.firebreak.runbook;

import dev.firebreak.expression.Condition;
import dev.firebreak.expression.Escape;
import dev.firebreak.expression.Scope;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a step waits for. */
final class WaitReader {
  /** The key it stands under. */
  static final String WORD = "wait";

  private static final Duration WITHIN = Duration.ofMinutes(10);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration CAP = Duration.ofMinutes(1);
  private static final Call NONE = new Call(WORD, Map.of());

  private final CallReader calls;
  private final Set<String> actions;
  private final Expressions expressions;
  private final Findings findings;
  private final Values values;

  WaitReader(CallReader calls, Set<String> actions, Expressions expressions, Findings findings) {
    this.calls = calls;
    this.actions = actions;
    this.expressions = expressions;
    this.findings = findings;
    this.values = new Values(findings);
  }

  Call read(YamlNode node, Scope scope) {
    boolean polls = YamlNode.fields(node).keySet().stream().anyMatch(actions::contains);
    YamlNode time = YamlNode.at(node, "for");
    YamlNode signal = YamlNode.at(node, "signal");
    YamlNode until = YamlNode.at(node, "until");
    int kinds = (time == null ? 0 : 1) + (signal == null ? 0 : 1) + (polls ? 1 : 0);
    if (kinds != 1 || polls != (until != null)) {
      findings.error(
          node,
          "wait-for-what",
          "a wait is for exactly one thing",
          "a time: {for: 30s}; a signal: {signal: go, within: 10m}; or what an action finds:"
              + " {tcp: {…}, until: output.connected, within: 10m}");
      return NONE;
    }
    if (time instanceof YamlNode.Scalar length) {
      Param param = calls.single(length, Escape.TEXT, scope);
      return new Call(WORD, Map.of("for", param), new BuiltIn.Pause(checked(length, param)));
    }
    return signal == null ? polls(node, until, scope) : signal(node);
  }

  private Param checked(YamlNode node, Param length) {
    if (length instanceof Param.Literal) {
      Duration unused = values.duration(node, Duration.ZERO);
    }
    return length;
  }

  private Call signal(YamlNode node) {
    String name = values.text(node, "signal", "");
    Duration within = values.duration(node, "within", WITHIN);
    return new Call(
        WORD, Map.of("signal", new Param.Literal(name)), new BuiltIn.Signal(name, within));
  }

  private Call polls(YamlNode node, @Nullable YamlNode until, Scope scope) {
    Call look = calls.read(node, scope, CallReader.Kind.READS, "`wait` only reads");
    Condition holds = expressions.condition(until, scope.withOutput());
    if (holds == null) {
      return NONE;
    }
    Duration every = values.duration(node, "every", EVERY);
    Duration cap = values.duration(node, "cap", every.compareTo(CAP) > 0 ? every : CAP);
    return new Call(
        look.action(),
        look.params(),
        new BuiltIn.Until(
            holds, every, factor(node), cap, values.duration(node, "within", WITHIN)));
  }

  private static double factor(YamlNode node) {
    return YamlNode.at(node, "backoff") instanceof YamlNode.Scalar scalar
            && scalar.value() instanceof Number number
        ? Math.clamp(number.doubleValue(), 1, 10)
        : 1;
  }
}
