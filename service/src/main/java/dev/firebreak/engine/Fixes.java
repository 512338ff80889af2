package dev.firebreak.engine;

import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Fix;
import dev.firebreak.guard.Guards;
import dev.firebreak.guard.Intent;
import dev.firebreak.guard.Intents;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells the guards what came of a rung. Works inside the transaction that ends it. */
final class Fixes {
  private static final Reason NO_PROOF =
      new Reason(
          "no-proof", "nothing proves that it helped: it has no verify, or that was skipped");
  private static final Reason STOPPED = new Reason("stopped", "stopped before it was proven");

  private final Guards guards;
  private final Intents intents;

  Fixes(Guards guards, Intents intents) {
    this.guards = guards;
    this.intents = intents;
  }

  /** The rung is over, as the run says. */
  void over(Tx tx, Run run, Runbook runbook, String rung, Instant now) {
    List<String> targets =
        intents.ofRun(tx, run.id()).stream()
            .filter(intent -> changes(intent, rung))
            .flatMap(intent -> intent.targets().stream())
            .distinct()
            .toList();
    if (!targets.isEmpty()) {
      guards.over(tx, fix(run, runbook, rung, targets), now);
    }
  }

  private static boolean changes(Intent intent, String rung) {
    Address address = Address.of(intent.step());
    return address.top().equals(rung) && !address.undoes();
  }

  private static Fix fix(Run run, Runbook runbook, String rung, List<String> targets) {
    Optional<StepRun> proof = Optional.ofNullable(run.steps().get(rung + "." + Address.VERIFY));
    boolean done = run.step(rung).ended(End.SUCCEEDED);
    boolean several = !runbook.rungOf(rung).steps().isEmpty();
    if (done && proof.filter(step -> step.ended(End.SUCCEEDED)).isPresent()) {
      Reason why = new Reason("verified", "it was verified");
      return new Fix(run, runbook, rung, targets, Fix.Proof.HOLDS, why);
    }
    Optional<Reason> fault =
        run.steps().values().stream()
            .filter(step -> Address.of(step.id()).top().equals(rung) && failed(step, several))
            .map(step -> ((Ended) step.state()).why())
            .findFirst()
            .or(() -> done && proof.filter(Fixes::cancelled).isEmpty() ? noProof() : stopped());
    return fault
        .map(why -> new Fix(run, runbook, rung, targets, Fix.Proof.FAILED, why))
        .orElseGet(() -> new Fix(run, runbook, rung, targets, Fix.Proof.OPEN, STOPPED));
  }

  /** What a guard refused did not fail: it was not tried. */
  private static boolean failed(StepRun step, boolean several) {
    boolean whole = several && step.phase() == Phase.CHANGE;
    return !whole && step.phase() != Phase.UNDO && step.attempt() > 0 && step.ended(End.FAILED);
  }

  private static boolean cancelled(StepRun step) {
    return step.ended(End.CANCELLED);
  }

  private static Optional<Reason> noProof() {
    return Optional.of(NO_PROOF);
  }

  private static Optional<Reason> stopped() {
    return Optional.empty();
  }
}
