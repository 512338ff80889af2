package dev.firebreak.guard.recurrence;

import dev.firebreak.alert.Alerts;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Decision;
import dev.firebreak.guard.Fix;
import dev.firebreak.guard.Guard;
import dev.firebreak.guard.Herald;
import dev.firebreak.guard.Proposal;
import dev.firebreak.guard.Warning;
import java.time.Instant;

/**
 * An alert that fires and resolves again and again goes to a human: a fix made at every swing helps
 * nobody. Its firings are on record, so a restart forgets none. A run that a human started has no
 * alert.
 */
public final class FlappingGuard implements Guard {
  private final Alerts alerts;
  private final FlappingSettings settings;
  private final Herald herald;
  private final Repetitions repetitions;

  /**
   * A guard by these settings.
   *
   * @param repetitions hears what came of fixes
   */
  public FlappingGuard(
      Alerts alerts, FlappingSettings settings, Herald herald, Repetitions repetitions) {
    this.repetitions = repetitions;
    this.alerts = alerts;
    this.settings = settings;
    this.herald = herald;
  }

  @Override
  public String name() {
    return "flapping";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    String source = fact(proposal, "source");
    String fingerprint = fact(proposal, "fingerprint");
    if (settings.times() == 0
        || proposal.undo()
        || proposal.goesOn()
        || fingerprint.isEmpty()
        || source.isEmpty()) {
      return new Decision.Allow();
    }
    int firings = alerts.firings(tx, source, fingerprint, now.minus(settings.within()));
    return firings < settings.times() ? new Decision.Allow() : deny(tx, proposal, firings, now);
  }

  @Override
  public void over(Tx tx, Fix fix, Instant now) {
    repetitions.over(tx, fix, now);
  }

  private static String fact(Proposal proposal, String name) {
    return String.valueOf(proposal.run().alert().getOrDefault(name, ""));
  }

  private Decision deny(Tx tx, Proposal proposal, int firings, Instant now) {
    String what =
        "this alert fired %d times within %s, and a fix at every swing helps nobody"
            .formatted(firings, Durations.text(settings.within()));
    herald.warn(tx, warning(proposal, what), now);
    return new Decision.Deny(
        new Reason(
            "flapping",
            what
                + ": a human has to look; to have it fixed all the same, start the runbook by hand,"
                + " or change 'flapping' in the configuration"));
  }

  /** One for each incident. */
  private static Warning warning(Proposal proposal, String what) {
    String incident = proposal.run().incidentId();
    return new Warning(
        "flapping/" + incident,
        incident,
        proposal.runbook().owner(),
        "An alert comes and goes: " + fact(proposal, "summary"),
        "Firebreak does not run '%s': %s. Look what makes it come and go."
            .formatted(proposal.rung().name(), what),
        "/incidents/" + incident);
  }
}
