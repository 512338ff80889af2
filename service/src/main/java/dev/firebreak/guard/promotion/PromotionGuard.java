package dev.firebreak.guard.promotion;

import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Decision;
import dev.firebreak.guard.Guard;
import dev.firebreak.guard.Guards;
import dev.firebreak.guard.Proposal;
import dev.firebreak.run.Parent;
import dev.firebreak.run.Rehearsing;
import dev.firebreak.run.Run;
import dev.firebreak.run.Runs;
import dev.firebreak.run.WaitFor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Has versions of runbooks rehearse until they are promoted: when all other guards have answered,
 * their answer is put on record with what would have been done, and nothing is done. A run that has
 * begun to rehearse goes on so; what is half done, and what takes a change back, is let through.
 */
public final class PromotionGuard implements Guard {
  private final PromotionSettings settings;
  private final Promotions promotions;
  private final Runs runs;

  /** A guard that goes by what stands in {@code promotions}. */
  public PromotionGuard(PromotionSettings settings, Promotions promotions, Runs runs) {
    this.settings = settings;
    this.promotions = promotions;
    this.runs = runs;
  }

  @Override
  public String name() {
    return "promotion";
  }

  /** Its word comes last. */
  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    return new Decision.Allow();
  }

  @Override
  public Guards.Finding lastWord(Tx tx, Proposal proposal, Guards.Finding said, Instant now) {
    if (proposal.undo() || underWay(proposal) || momentary(said.decision())) {
      return said;
    }
    Optional<String> why = why(tx, proposal);
    if (why.isEmpty()) {
      return said;
    }
    String what = new WouldHave(proposal, said).sentence();
    Run run = proposal.run();
    promotions.rehearsed(
        tx, new Rehearsed(run.id(), proposal.step(), run.incidentId(), run.version(), what, now));
    Reason reason = new Reason(Rehearsing.CODE, "rehearsal: " + what + "; " + why.get());
    return new Guards.Finding(name(), new Decision.Deny(reason), List.of());
  }

  /** To stop here is to leave half done, or unknown, what a promoted version began. */
  private static boolean underWay(Proposal proposal) {
    return proposal.goesOn() || proposal.run().step(proposal.step()).tries() > 0;
  }

  /** A guard that asks another machine has not answered yet. */
  private static boolean momentary(Decision decision) {
    return decision instanceof Decision.Hold hold && hold.what() == WaitFor.TIMER;
  }

  private Optional<String> why(Tx tx, Proposal proposal) {
    Run run = proposal.run();
    if (Rehearsing.before(run, proposal.runbook(), proposal.step())) {
      return Optional.of("what comes before it was only rehearsed, too");
    }
    return rehearses(tx, run)
        .or(() -> run.parent().flatMap(parent -> callers(tx, parent)))
        .map(
            name ->
                "this version of '%s' is not promoted: look at it and promote it at /runbooks/%s, then try the step again"
                    .formatted(name, name));
  }

  /** A run does not change for another what that one would not do itself. */
  private Optional<String> callers(Tx tx, Parent parent) {
    return parent.runs().stream()
        .flatMap(id -> runs.glance(tx, id).stream())
        .flatMap(
            caller ->
                Rehearsing.by(caller)
                    ? Optional.of(caller.runbook()).stream()
                    : rehearses(tx, caller).stream())
        .findFirst();
  }

  /** The runbook, if this version of it is not promoted. */
  private Optional<String> rehearses(Tx tx, Run run) {
    boolean may =
        !settings.concerns(run.runbook())
            || promotions.last(tx, run.version()).filter(Promotion::promoted).isPresent();
    return may ? Optional.empty() : Optional.of(run.runbook());
  }
}
