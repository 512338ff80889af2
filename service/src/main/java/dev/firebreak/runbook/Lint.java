package dev.firebreak.runbook;

import dev.firebreak.core.Nearest;
import dev.firebreak.expression.Condition;
import dev.firebreak.expression.ExpressionException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The third pass: what is well written, but not safe, or not wise. */
final class Lint {
  private final YamlNode root;
  private final Surroundings around;
  private final Findings findings;
  private final Map<String, YamlNode> artifacts = new HashMap<>();
  private final QuorumLint quorums;
  private List<String> authors = List.of();

  Lint(YamlNode root, Surroundings around, Findings findings) {
    this.root = root;
    this.around = around;
    this.findings = findings;
    this.quorums = new QuorumLint(around, findings);
  }

  void check(Runbook runbook) {
    authors = runbook.authors();
    always(runbook.on().alert(), YamlNode.at(YamlNode.at(root, "on"), "alert"));
    for (String phase : new String[] {"diagnose", "finally"}) {
      YamlNode.items(YamlNode.at(root, phase)).forEach(this::step);
    }
    FreshnessLint evidence = new FreshnessLint(runbook, root, findings);
    for (int i = 0; i < runbook.remediate().size(); i++) {
      YamlNode node = YamlNode.items(YamlNode.at(root, "remediate")).get(i);
      rung(runbook.remediate().get(i), node);
      evidence.check(runbook.remediate().get(i), node);
    }
    runbook.diagnose().forEach(step -> never(step.when(), step.id()));
    runbook.remediate().forEach(rung -> never(rung.when(), rung.id()));
    runbook.conclude().forEach(step -> never(step.when(), step.id()));
    escalate(runbook.escalate());
    if (!findings.refused()
        && runbook.diagnose().isEmpty()
        && runbook.remediate().isEmpty()
        && runbook.conclude().isEmpty()
        && runbook.escalate() == null) {
      findings.warning(root, "does-nothing", "this runbook does nothing", "");
    }
  }

  void step(YamlNode step) {
    retry(YamlNode.at(step, "retry"));
    artifact(YamlNode.at(step, "artifact"));
  }

  private void rung(Rung rung, YamlNode node) {
    step(node);
    if (rung.steps().isEmpty()) {
      idempotent(rung.id(), node);
      undo(node);
    } else {
      new RungLint(findings, this).check(rung, node);
    }
    if (rung.approve() != null
        && rung.approve().fourEyes()
        && YamlNode.at(root, "author") == null) {
      findings.warning(
          place(node, "approve"),
          "no-author",
          "four_eyes keeps out whoever wrote this, but the file names no author",
          "say author: NAME, as the person signs in, or author: [NAME, NAME]");
    }
    if (rung.limit() != null && rung.limit().over() == Limit.Over.ASK && rung.approve() == null) {
      findings.error(
          place(node, "limit"),
          "nobody-to-ask",
          "over: ask needs people to ask",
          "write approve: {when: limit.left == 0, by: [...]}");
    }
    approvers(YamlNode.at(node, "approve"));
    if (rung.approve() != null) {
      YamlNode quorum = YamlNode.at(YamlNode.at(node, "approve"), "quorum");
      quorums.check(rung.approve(), authors, quorum == null ? place(node, "approve") : quorum);
    }
  }

  /** Whether it may be run again is the author's to say. */
  void idempotent(String id, YamlNode node) {
    if (YamlNode.at(node, "idempotent") == null) {
      findings.warning(
          node,
          "idempotent",
          "'" + id + "' does not say whether it may be run again when it is interrupted",
          "say idempotent: true or idempotent: false");
    }
  }

  void undo(YamlNode node) {
    retry(YamlNode.at(YamlNode.at(node, "undo"), "retry"));
  }

  private static YamlNode place(YamlNode node, String key) {
    YamlNode value = YamlNode.at(node, key);
    return value == null ? node : value;
  }

  private void approvers(@Nullable YamlNode approve) {
    Set<String> known = around.approvers();
    if (approve == null || known == null) {
      return;
    }
    YamlNode.items(YamlNode.at(approve, "by")).forEach(who -> approver(who, known));
    YamlNode.items(YamlNode.at(approve, "then"))
        .forEach(walk -> YamlNode.items(walk).forEach(who -> approver(who, known)));
  }

  private void approver(YamlNode who, Set<String> known) {
    String name = YamlNode.text(who);
    if (name != null && !known.contains(name)) {
      findings.warning(
          who,
          "unknown-approver",
          "'" + name + "' is no person, and no team with members",
          Nearest.advice(name, known));
    }
  }

  private void escalate(@Nullable Escalate escalate) {
    YamlNode to = YamlNode.at(YamlNode.at(root, "escalate"), "to");
    Set<String> known = around.escalations();
    if (escalate != null && to != null && known != null && !known.contains(escalate.to())) {
      findings.warning(
          to,
          "unknown-escalation",
          "no escalation '" + escalate.to() + "' is configured, so nobody would be called",
          Nearest.advice(escalate.to(), known));
    }
  }

  private void retry(@Nullable YamlNode retry) {
    if (retry != null && YamlNode.at(retry, "cap") == null) {
      findings.warning(
          retry, "retry-without-cap", "this retry has no cap", "say cap: 30s, or what suits");
    }
  }

  private void artifact(@Nullable YamlNode artifact) {
    String name = YamlNode.text(artifact);
    YamlNode before =
        name == null || artifact == null ? null : artifacts.putIfAbsent(name, artifact);
    if (before != null && artifact != null) {
      findings.error(
          artifact,
          "duplicate-artifact",
          "the artifact '" + name + "' is written twice",
          "the first is on line " + before.line());
    }
  }

  void never(@Nullable Condition when, String id) {
    if (when != null && constant(when).equals(Optional.of(false))) {
      findings.warning(
          placeOfWhen(id), "unreachable", "'" + id + "' never runs: its `when` is never true", "");
    }
  }

  private YamlNode placeOfWhen(String id) {
    for (String phase : new String[] {"diagnose", "remediate", "finally"}) {
      int number = 0;
      for (YamlNode step : YamlNode.items(YamlNode.at(root, phase))) {
        if (Layout.reportId(step, ++number).equals(id)) {
          return place(step, "when");
        }
        for (YamlNode part : YamlNode.items(YamlNode.at(step, "steps"))) {
          if (id.equals(YamlNode.text(YamlNode.at(part, "id")))) {
            return place(part, "when");
          }
        }
      }
    }
    return root;
  }

  private void always(Condition alert, @Nullable YamlNode at) {
    if (at != null && constant(alert).isPresent()) {
      findings.error(
          at,
          "trigger",
          constant(alert).get() ? "this matches every alert" : "this matches no alert",
          "compare a label: alert.labels.alertname == 'RedisDown'");
    }
  }

  /** What a condition says without knowing anything. */
  private static Optional<Boolean> constant(Condition condition) {
    try {
      return Optional.of(condition.test(Map.of()));
    } catch (ExpressionException e) {
      return Optional.empty();
    }
  }
}
