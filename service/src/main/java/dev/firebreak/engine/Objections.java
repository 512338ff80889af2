package dev.firebreak.engine;

import dev.firebreak.core.Instants;
import dev.firebreak.engine.OrderRefused.Kind;
import dev.firebreak.run.ByHand;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.runbook.Runbook;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What speaks against an order as its run stands. Asked where the order is given, and again on the
 * node that owns the run: what was given on another node may have been overtaken. Thread-safe.
 */
final class Objections {
  private final Function<String, Runbook> versions;

  /**
   * Knows the runbooks.
   *
   * @param versions the runbook of a version
   */
  Objections(Function<String, Runbook> versions) {
    this.versions = versions;
  }

  /** Why a run cannot follow what it is told, or empty. */
  Optional<OrderRefused> against(Run run, RunEvent event) {
    return switch (event) {
      case RunEvent.Retried it ->
          byStep(
              run,
              it.step(),
              (now, step) -> ByHand.againstRetry(versions.apply(run.version()), now, step));
      case RunEvent.Skipped it -> byStep(run, it.step(), ByHand::againstSkip);
      case RunEvent.Answered it -> byStep(run, it.step(), Objections::againstAnswer);
      default -> ended(run);
    };
  }

  private static Optional<OrderRefused> byStep(
      Run run, String step, BiFunction<Run, String, Optional<String>> why) {
    Optional<OrderRefused> ended = ended(run);
    if (ended.isPresent()) {
      return ended;
    }
    if (!run.steps().containsKey(step)) {
      return Optional.of(new OrderRefused(Kind.NOT_FOUND, "this run has no step '" + step + "'"));
    }
    return why.apply(run, step).map(text -> new OrderRefused(Kind.CONFLICT, text));
  }

  /** A run that has ended follows nothing. */
  static Optional<OrderRefused> ended(Run run) {
    return run.status().ended()
        ? Optional.of(
            new OrderRefused(
                Kind.GONE,
                "this run has ended: it is %s since %s"
                    .formatted(
                        run.status().asText(),
                        Instants.text(Objects.requireNonNull(run.endedAt())))))
        : Optional.empty();
  }

  private static Optional<String> againstAnswer(Run run, String step) {
    return run.step(step).state() instanceof Unknown
        ? Optional.empty()
        : Optional.of(
            "step '%s' is %s, not unknown: there is nothing to answer for"
                .formatted(step, run.step(step).state().status().asText()));
  }
}
