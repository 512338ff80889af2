package dev.firebreak.guard.breaker;

import dev.firebreak.core.Instants;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Decision;
import dev.firebreak.guard.Fix;
import dev.firebreak.guard.Guard;
import dev.firebreak.guard.Proposal;
import dev.firebreak.guard.Targets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * No change of what an open breaker stops. After its rest one change to one target is tried; what
 * comes of it closes the breaker or has it rest again. What takes a change back is let through, and
 * so is the rest of a rung that was begun before.
 */
public final class BreakerGuard implements Guard {
  /** A trial that says nothing for so long is lost: another may begin. */
  static final Duration TRIAL_WITHIN = Duration.ofHours(25);

  private static final String WAY =
      "to go on before that, close it at /breakers or by DELETE /api/v1/breakers/%s, with a reason";

  private final Breakers breakers;
  private final BreakerWatch watch;

  /** A guard over all breakers that are open. */
  public BreakerGuard(Breakers breakers, BreakerWatch watch) {
    this.breakers = breakers;
    this.watch = watch;
  }

  @Override
  public String name() {
    return "breaker";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    if (proposal.undo() || watch.idle()) {
      return new Decision.Allow();
    }
    for (Breaker breaker : breakers.open(tx)) {
      if (stops(breaker, proposal)) {
        Reason no = no(breaker, proposal, now);
        if (no != null) {
          return new Decision.Deny(no);
        }
      }
    }
    return new Decision.Allow();
  }

  @Override
  public void admitted(Tx tx, Proposal proposal, Instant now) {
    if (proposal.undo() || watch.idle()) {
      return;
    }
    for (Breaker breaker : breakers.open(tx)) {
      Instant retry = breaker.retryAt();
      if (stops(breaker, proposal) && retry != null && !tries(breaker, proposal)) {
        String target = proposal.targets().getFirst();
        breakers.tries(
            tx, breaker.id(), new Breaker.Trial(proposal.run().id(), target, now), retry);
      }
    }
  }

  @Override
  public void over(Tx tx, Fix fix, Instant now) {
    watch.over(tx, fix, now);
  }

  private boolean stops(Breaker breaker, Proposal proposal) {
    boolean own = breaker.runbook().equals(proposal.run().runbook());
    return switch (breaker.kind()) {
      case RUNBOOK -> own && (tries(breaker, proposal) || !proposal.goesOn());
      case TARGET ->
          own
              && proposal.targets().stream()
                  .map(Targets::key)
                  .anyMatch(Targets.key(breaker.subject())::equals)
              && (tries(breaker, proposal) || !proposal.goesOn());
      case GROUP -> false; // see SuspicionGuard
    };
  }

  private static boolean tries(Breaker breaker, Proposal proposal) {
    Breaker.Trial trial = breaker.trial();
    return trial != null && trial.run().equals(proposal.run().id());
  }

  /** Why the change may not be made; null when it is the one that is tried. */
  private static @org.jspecify.annotations.Nullable Reason no(
      Breaker breaker, Proposal proposal, Instant now) {
    Instant retry = breaker.retryAt();
    if (retry == null) {
      return reason(breaker, "no change is made until a human says so");
    }
    if (now.isBefore(retry)) {
      return reason(breaker, "one change is tried after " + Instants.text(retry));
    }
    Breaker.Trial trial = breaker.trial();
    boolean free = trial == null || now.isAfter(trial.at().plus(TRIAL_WITHIN));
    if (!free && !tries(breaker, proposal)) {
      return reason(
          breaker,
          "%s is trying it on '%s', and one at a time is enough"
              .formatted(Objects.requireNonNull(trial).run(), trial.target()));
    }
    List<String> tried =
        free ? proposal.targets() : List.of(Objects.requireNonNull(trial).target());
    return tried.size() == 1 && proposal.targets().equals(tried)
        ? null
        : reason(breaker, "it is tried on one target only, and this would change more");
  }

  private static Reason reason(Breaker breaker, String until) {
    return new Reason(
        "breaker-open",
        "the breaker of %s is open since %s: %s; %s; %s"
            .formatted(
                breaker.what(),
                Instants.text(breaker.openedAt()),
                breaker.why(),
                until,
                WAY.formatted(breaker.id())));
  }
}
