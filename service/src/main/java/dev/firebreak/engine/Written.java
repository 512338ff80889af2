package dev.firebreak.engine;

import dev.firebreak.runbook.Call;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.Verify;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

/** The call behind a step, whatever its phase, and the time limit of one attempt. */
record Written(Call call, Duration timeout) {

  static Written of(Runbook runbook, String step) {
    return Stream.concat(runbook.diagnose().stream(), runbook.conclude().stream())
        .filter(written -> written.id().equals(step))
        .findFirst()
        .map(written -> new Written(written.call(), written.timeout()))
        .orElseGet(() -> ofRung(runbook, step));
  }

  private static Written ofRung(Runbook runbook, String step) {
    Rung rung = runbook.rungOf(step);
    if (step.equals(rung.verifyId())) {
      Verify verify = Objects.requireNonNull(rung.verify());
      return new Written(verify.call(), verify.timeout());
    }
    return step.equals(rung.undoId())
        ? new Written(Objects.requireNonNull(rung.undo()), rung.timeout())
        : new Written(rung.change(), rung.timeout());
  }
}
