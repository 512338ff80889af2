package dev.firebreak.run;

import dev.firebreak.runbook.BuiltIn;
import dev.firebreak.runbook.Call;
import dev.firebreak.runbook.Retry;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.Step;
import dev.firebreak.runbook.Verify;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the runbook says of a step of a run, whatever its phase. */
final class Written {
  private static final Retry ONCE = Retry.NONE;

  private Written() {}

  static Duration timeout(Draft draft, String id) {
    Verify verify = verify(draft, id);
    if (verify != null) {
      return verify.timeout();
    }
    return step(draft.runbook, id)
        .map(Step::timeout)
        .orElseGet(() -> draft.runbook.rungOf(id).timeout());
  }

  static Retry retry(Draft draft, String id) {
    if (verify(draft, id) != null || id.endsWith(".undo")) {
      return ONCE;
    }
    return step(draft.runbook, id)
        .map(Step::retry)
        .orElseGet(() -> draft.runbook.rungOf(id).retry());
  }

  static boolean idempotent(Draft draft, String id) {
    return draft.runbook.rung(id).map(Rung::idempotent).orElse(false);
  }

  static @Nullable Verify verify(Draft draft, String id) {
    return id.endsWith(".verify") ? draft.runbook.rungOf(id).verify() : null;
  }

  /** What the engine sees to itself of a step, or null. */
  static @Nullable BuiltIn builtIn(Draft draft, String id) {
    return step(draft.runbook, id).map(Step::call).map(Call::builtIn).orElse(null);
  }

  private static Optional<Step> step(Runbook runbook, String id) {
    return Stream.concat(runbook.diagnose().stream(), runbook.conclude().stream())
        .filter(step -> step.id().equals(id))
        .findFirst();
  }
}
