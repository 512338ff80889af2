package dev.firebreak.runbook;

import dev.firebreak.core.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is well written about the age of evidence, but means nothing, or not what it seems to. */
final class FreshnessLint {
  private final Runbook runbook;
  private final @Nullable YamlNode usual;
  private final Findings findings;

  FreshnessLint(Runbook runbook, YamlNode root, Findings findings) {
    this.runbook = runbook;
    this.usual = YamlNode.at(root, "evidence");
    this.findings = findings;
  }

  void check(Rung rung, YamlNode node) {
    YamlNode own = YamlNode.at(node, "evidence");
    Duration maxAge = rung.evidence().maxAge();
    if (maxAge == null) {
      return;
    }
    if (own != null && rung.evidence().steps().isEmpty()) {
      findings.warning(
          own,
          "no-evidence",
          "'" + rung.id() + "' goes by no diagnose step, so there is nothing to gather again",
          "leave evidence out, or say in `when` what it goes by");
    }
    YamlNode said = own == null ? usual : own;
    if (said != null) {
      runbook.diagnose().stream()
          .filter(step -> rung.evidence().steps().contains(step.id()))
          .filter(step -> step.timeout().compareTo(maxAge) > 0)
          .findFirst()
          .ifPresent(step -> tooShort(said, rung, step, maxAge));
    }
  }

  private void tooShort(YamlNode said, Rung rung, Step step, Duration maxAge) {
    findings.warning(
        said,
        "max-age",
        "'%s' may take %s, so what '%s' goes by may be older than %s when it is complete"
            .formatted(
                step.id(), Durations.text(step.timeout()), rung.id(), Durations.text(maxAge)),
        "say a longer max_age, or a shorter timeout");
  }
}
