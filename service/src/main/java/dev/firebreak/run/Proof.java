package dev.firebreak.run;

import dev.firebreak.core.Reason;
import dev.firebreak.run.StepState.End;
import dev.firebreak.runbook.Verify;
import java.util.Optional;

/** The proof of a change, be it a rung, a step of one, or an item of a list. */
final class Proof {
  private static final Reason VERIFIED =
      new Reason("verified", "it was interrupted, and its proof holds");

  private Proof() {}

  /** Looks if it has not looked yet; true when the proof has spoken. */
  static boolean spoken(Draft draft, String id, Verify verify) {
    if (Planner.pending(draft.step(id))) {
      if (verify.settle().isZero()) {
        draft.begin(id, verify.timeout());
      } else {
        draft.hold(
            id, WaitFor.TIMER, verify.settle(), new Reason("settle", "lets the change settle"));
      }
    }
    return draft.step(id).ended();
  }

  /** Ends a proof of something that did not happen; true when it no longer looks. */
  static boolean dropped(Draft draft, String id, Reason why) {
    Optional<StepRun> proof = draft.find(id);
    if (proof.isPresent() && proof.get().state() instanceof StepState.Waiting) {
      draft.withdraw(id, End.SKIPPED, why);
    }
    return proof.isEmpty() || !(draft.step(id).state() instanceof StepState.Running);
  }

  /** Lets the proof decide on a change of which nobody knows; true when it has spoken. */
  static boolean decides(Draft draft, String change, String proof, Verify verify) {
    if (!spoken(draft, proof, verify)) {
      return false;
    }
    if (draft.step(proof).ended(End.SUCCEEDED)) {
      draft.finish(change, End.SUCCEEDED, VERIFIED);
    }
    return true;
  }
}
