package dev.firebreak.run;

import dev.firebreak.core.Reason;
import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.run.StepState.Pending;
import dev.firebreak.run.StepState.Ready;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.run.StepState.Underway;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Rung;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What humans may do to a single step: have it tried again, or skip it. Pure. */
public final class ByHand {
  private static final String SKIPPED = "skipped-by-hand";

  private ByHand() {}

  /**
   * What speaks against trying a step again, for a human.
   *
   * @param book the version the run is pinned to
   * @return empty when nothing does
   */
  public static Optional<String> againstRetry(Runbook book, Run run, String stepId) {
    StepRun step = run.step(stepId);
    if (run.control().cancelled() != null) {
      return Optional.of("this run was cancelled: it never acts again");
    }
    if (counted(step)) {
      return Optional.of(isCounted(stepId));
    }
    if (step.state() instanceof Ended over && over.why().code().equals(Verdict.INVALID_VARS)) {
      return Optional.of("this run has no variables to go by: start a new one");
    }
    boolean ofRung =
        step.phase() != Phase.DIAGNOSE
            && step.phase() != Phase.FINALLY
            && step.phase() != Phase.ESCALATE;
    if (!open(run, step)) {
      return Optional.of(
          "step '%s' is %s: only a step that failed, or is unknown, can be tried again"
              .formatted(stepId, step.state().status().asText()));
    }
    return ofRung ? againstRung(book, run, step) : Optional.empty();
  }

  /** One item of a list that is over is a step of its run no longer, but for those who read. */
  private static boolean counted(StepRun step) {
    Address address = Address.of(step.id());
    return address.ofItem() && address.part().isEmpty() && step.ended();
  }

  private static String isCounted(String stepId) {
    return "'%s' is over, and its list has counted it: start a new run for what is left"
        .formatted(stepId);
  }

  /** Whether it failed, is unknown, or made a change that was not proven. */
  private static boolean open(Run run, StepRun step) {
    StepRun proof = run.steps().get(step.id() + ".verify");
    return step.state() instanceof Unknown
        || step.ended(End.FAILED)
        || (step.ended(End.SUCCEEDED)
            && proof != null
            && proof.ended()
            && !proof.ended(End.SUCCEEDED));
  }

  private static Optional<String> againstRung(Runbook book, Run run, StepRun step) {
    Rung rung = book.rungOf(step.id());
    for (Rung other : book.remediate()) {
      if (proven(run, other)) {
        return Optional.of(
            "'%s' was applied and verified: nothing is left to do".formatted(other.id()));
      }
    }
    Optional<String> several =
        rung.steps().isEmpty() ? Optional.empty() : againstSteps(run, rung, step);
    if (several.isPresent()) {
      return several;
    }
    boolean within = RungSteps.in(rung, step) && run.step(rung.id()).state() instanceof Underway;
    Optional<StepRun> busy =
        within
            ? Optional.empty()
            : book.remediate().stream()
                .skip(book.remediate().indexOf(rung))
                .flatMap(later -> parts(run, later).stream())
                .filter(part -> !part.id().equals(step.id()) && busy(book, step, part))
                .findFirst();
    if (busy.isPresent()) {
      return Optional.of(
          "'%s' is %s: wait for its end, or skip it, before '%s' is tried again"
              .formatted(busy.get().id(), busy.get().state().status().asText(), step.id()));
    }
    return step.phase() == Phase.VERIFY ? againstProof(run, rung) : Optional.empty();
  }

  /** A step of a rung is tried again while the rung is at work; after that, only the whole rung. */
  private static Optional<String> againstSteps(Run run, Rung rung, StepRun step) {
    boolean atWork = run.step(rung.id()).state() instanceof Underway;
    boolean listed = rung.steps().stream().anyMatch(one -> run.step(one.in(rung)).items() != null);
    if (RungSteps.in(rung, step) && step.phase() != Phase.UNDO && !atWork) {
      return Optional.of(
          "'%s' is over: try the whole rung '%s' again".formatted(step.id(), rung.id()));
    }
    return listed && !RungSteps.in(rung, step)
        ? Optional.of(
            "'%s' went over a list, which is not gone over twice: start a new run by hand"
                .formatted(rung.id()))
        : Optional.empty();
  }

  /** An unknown change does not keep its own proof from being looked at again. */
  private static boolean busy(Runbook book, StepRun step, StepRun part) {
    boolean proves = step.phase() == Phase.VERIFY && book.rungOf(step.id()).id().equals(part.id());
    return !part.ended()
        && !(part.state() instanceof Pending)
        && !(proves && part.state() instanceof Unknown);
  }

  private static Optional<String> againstProof(Run run, Rung rung) {
    StepRun undo = run.steps().get(rung.undoId());
    return undo != null && undo.ended(End.SUCCEEDED)
        ? Optional.of("'%s' was taken back: there is nothing to prove".formatted(rung.id()))
        : Optional.empty();
  }

  private static boolean proven(Run run, Rung rung) {
    StepRun proof = run.steps().get(rung.verifyId());
    return run.step(rung.id()).ended(End.SUCCEEDED) && proof != null && proof.ended(End.SUCCEEDED);
  }

  private static List<StepRun> parts(Run run, Rung rung) {
    return Stream.concat(Stream.of(run.step(rung.id())), Ladder.parts(run, rung)).toList();
  }

  static void retry(Draft draft, RunEvent.Retried event) {
    if (draft.find(event.step()).isEmpty()
        || againstRetry(draft.runbook, draft.run(), event.step()).isPresent()) {
      return;
    }
    boolean change = draft.step(event.step()).phase() == Phase.CHANGE;
    draft.reopen(event.step());
    if (change) {
      Rung rung = draft.runbook.rungOf(event.step());
      parts(draft.run(), rung).stream().filter(StepRun::ended).forEach(p -> draft.reopen(p.id()));
    } else {
      draft
          .find(event.step() + ".verify")
          .filter(StepRun::ended)
          .ifPresent(proof -> draft.reopen(proof.id()));
    }
  }

  /**
   * What speaks against skipping a step, for a human.
   *
   * @return empty when nothing does
   */
  public static Optional<String> againstSkip(Run run, String stepId) {
    return switch (run.step(stepId).state()) {
      case Pending pending -> Optional.empty();
      case Ready ready -> Optional.empty();
      case Waiting waiting -> Optional.empty();
      case Underway underway ->
          Optional.of(
              "step '%s' is at work: skip what it has not begun, or cancel the run"
                  .formatted(stepId));
      case Running running ->
          Optional.of(
              "step '%s' is running: wait for its end, or cancel the run".formatted(stepId));
      case Unknown unknown ->
          Optional.of(
              "step '%s' is unknown: look at its target and say whether it took place"
                  .formatted(stepId));
      case Ended over ->
          over.end() == End.FAILED
              ? Optional.of(isCounted(stepId)).filter(why -> counted(run.step(stepId)))
              : Optional.of(
                  "step '%s' is %s: there is nothing to skip"
                      .formatted(stepId, run.step(stepId).state().status().asText()));
    };
  }

  static void skip(Draft draft, RunEvent.Skipped event) {
    if (draft.find(event.step()).isPresent() && againstSkip(draft.run(), event.step()).isEmpty()) {
      draft.withdraw(
          event.step(),
          End.SKIPPED,
          new Reason(SKIPPED, event.by().name() + " skipped it: " + event.reason()));
    }
  }

  /**
   * Whether a human had it tried again and it was not: what came of it before may be unknown, so no
   * other fix is tried on top of it.
   */
  static boolean refused(StepRun step) {
    return step.attempt() > 0 && step.startedAt() == null && step.ended();
  }

  /** Whether a human skipped it: it may have been needed all the same. */
  static boolean skipped(StepRun step) {
    return step.state() instanceof Ended over && over.why().code().equals(SKIPPED);
  }
}
