package dev.firebreak.runbook;

import java.util.List;

/** What is well written in the steps of a rung, but not safe, or not wise. */
final class RungLint {
  private final Findings findings;
  private final Lint lint;

  RungLint(Findings findings, Lint lint) {
    this.findings = findings;
    this.lint = lint;
  }

  void check(Rung rung, YamlNode node) {
    List<YamlNode> nodes = YamlNode.items(YamlNode.at(node, "steps"));
    for (int i = 0; i < rung.steps().size(); i++) {
      step(rung, rung.steps().get(i), nodes.get(i));
    }
    if (rung.steps().stream().noneMatch(RungLint::acts)) {
      findings.warning(
          node, "changes-nothing", "no step of '" + rung.id() + "' changes anything", "");
    }
  }

  /** A runbook that is called may change something, too. */
  private static boolean acts(RungStep step) {
    return step.changes() || step.step().call().builtIn() instanceof BuiltIn.Child;
  }

  private void step(Rung rung, RungStep step, YamlNode node) {
    lint.step(node);
    lint.undo(node);
    lint.never(step.step().when(), step.id());
    if (step.changes()) {
      lint.idempotent(step.id(), node);
    } else if (step.undo() != null && !acts(step)) {
      findings.warning(
          node, "undo-of-a-read", "'" + step.id() + "' only reads: there is nothing to undo", "");
    }
    YamlNode each = YamlNode.at(node, "foreach");
    if (each == null) {
      return;
    }
    if (YamlNode.at(each, "stop_after") == null) {
      findings.warning(
          each,
          "stop-after",
          "'" + step.id() + "' does not say after how many errors it stops: the first one does",
          "say stop_after: 1, or what suits");
    }
    if (rung.approve() != null && step.changes()) {
      findings.warning(
          each,
          "asks-for-each",
          "'" + step.id() + "' asks people for each item, as its rung has an `approve`",
          "ask in a rung or step before it, or list fewer items");
    }
  }
}
