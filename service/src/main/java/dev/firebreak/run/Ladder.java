package dev.firebreak.run;

import dev.firebreak.core.Reason;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.run.StepState.Underway;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.runbook.Rung;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The ladder of fixes: each rung is tried only if the one before did not verify. */
final class Ladder {
  /** Reasons after which no other fix is tried: a human said no, or did not say yes. */
  static final Set<String> FINAL =
      Set.of("gate-rejected", "gate-expired", "gate-unreachable", "unanswered");

  /** Whether nothing more is begun in a rung once one of its steps has ended for this. */
  static boolean stops(Reason why) {
    return FINAL.contains(why.code()) || why.code().equals(Rehearsing.CODE);
  }

  private static final Reason NOT_WANTED = new Reason("condition", "its condition is not met");
  private static final Reason NOT_NEEDED = new Reason("not-needed", "not needed");

  private Ladder() {}

  /** Goes on as far as it can; true when the ladder is over. */
  static boolean climb(Draft draft) {
    boolean stopped = false;
    for (Rung rung : draft.runbook.remediate()) {
      if (stopped) {
        skip(draft, rung.id(), NOT_NEEDED);
      } else if (draft.step(rung.id()).state() instanceof Unknown) {
        if (!decideUnknown(draft, rung)) {
          return false;
        }
        if (draft.step(rung.id()).state() instanceof Unknown) {
          return true;
        }
        stopped = true;
      } else {
        if (!tryRung(draft, rung)) {
          return needsHuman(draft, rung);
        }
        stopped = proven(draft, rung) || saidNo(draft, rung) || Rollback.incomplete(draft, rung);
      }
      close(draft, rung);
    }
    return true;
  }

  /** Moves a rung on; true when it is over. */
  private static boolean tryRung(Draft draft, Rung rung) {
    StepRun change = draft.step(rung.id());
    if (Planner.pending(change) || Gathering.done(draft, change)) {
      begin(draft, rung);
    }
    return rung.steps().isEmpty() ? single(draft, rung) : several(draft, rung);
  }

  private static boolean single(Draft draft, Rung rung) {
    StepRun change = draft.step(rung.id());
    if (!change.ended()) {
      return false;
    }
    return change.ended(End.SUCCEEDED)
        ? proofOver(draft, rung) && undone(draft, rung)
        : Proof.dropped(draft, rung.verifyId(), NOT_NEEDED);
  }

  private static boolean several(Draft draft, Rung rung) {
    if (draft.step(rung.id()).state() instanceof Underway) {
      RungSteps.advance(draft, rung);
    }
    boolean cancelled = draft.run().control().cancelled() != null;
    StepRun change = draft.step(rung.id());
    if (!change.ended() || RungSteps.working(draft.run(), rung)) {
      return false;
    }
    if (cancelled || change.ended(End.SKIPPED)) {
      return !RungSteps.busy(draft.run(), rung);
    }
    boolean judged = !change.ended(End.SUCCEEDED) || proofOver(draft, rung);
    return judged && (proven(draft, rung) || Rollback.over(draft, rung));
  }

  /** Whether only a human can say how a rung goes on: what else is to be done need not wait. */
  private static boolean needsHuman(Draft draft, Rung rung) {
    boolean undo =
        draft.find(rung.undoId()).filter(step -> step.state() instanceof Unknown).isPresent();
    return undo || (RungSteps.unknown(draft.run(), rung) && !RungSteps.busy(draft.run(), rung));
  }

  private static void begin(Draft draft, Rung rung) {
    if (Gathering.begin(draft, rung.id())) {
      return;
    }
    Optional<Boolean> wanted = draft.ask(rung.id(), rung.when());
    if (wanted.isEmpty()) {
      return;
    }
    if (!wanted.get()) {
      Reason why = Gathering.unwanted(draft.step(rung.id()), NOT_WANTED);
      draft.withdraw(rung.id(), End.SKIPPED, why);
    } else if (rung.steps().isEmpty()) {
      draft.propose(rung.id());
    } else {
      draft.open(rung.id());
    }
  }

  private static boolean proofOver(Draft draft, Rung rung) {
    Optional<StepRun> proof = draft.find(rung.verifyId());
    if (proof.isEmpty() || rung.verify() == null) {
      return true;
    }
    return Proof.spoken(draft, rung.verifyId(), rung.verify());
  }

  private static boolean undone(Draft draft, Rung rung) {
    Optional<StepRun> undo = draft.find(rung.undoId());
    if (undo.isEmpty() || proven(draft, rung)) {
      return true;
    }
    boolean cancelled = draft.run().control().cancelled() != null;
    if (Planner.pending(undo.get()) && !cancelled) {
      draft.propose(rung.undoId());
    }
    StepRun now = draft.step(rung.undoId());
    return now.ended() || cancelled;
  }

  /** An interrupted change is judged by its proof; true when the proof has spoken. */
  private static boolean decideUnknown(Draft draft, Rung rung) {
    if (draft.run().control().cancelled() != null) {
      return true;
    }
    return rung.verify() == null
        || draft.find(rung.verifyId()).isEmpty()
        || Proof.decides(draft, rung.id(), rung.verifyId(), rung.verify());
  }

  private static boolean proven(Draft draft, Rung rung) {
    return draft.step(rung.id()).ended(End.SUCCEEDED)
        && draft.find(rung.verifyId()).map(proof -> proof.ended(End.SUCCEEDED)).orElse(false);
  }

  private static boolean saidNo(Draft draft, Rung rung) {
    StepRun change = draft.step(rung.id());
    return change.state() instanceof Ended over
        && (FINAL.contains(over.why().code()) || ByHand.refused(change));
  }

  /** Ends the parts of a rung that will not be needed, and frees its targets. */
  private static void close(Draft draft, Rung rung) {
    parts(draft.run(), rung).forEach(part -> skip(draft, part.id(), NOT_NEEDED));
    letGo(draft, rung);
  }

  /** Frees what is over though nothing goes on: the run is paused, or looks again. */
  static void letGo(Draft draft) {
    draft.runbook.remediate().forEach(rung -> letGo(draft, rung));
  }

  private static void letGo(Draft draft, Rung rung) {
    boolean wasOver = over(draft.before(), rung);
    if (!wasOver && over(draft.run(), rung) && draft.step(rung.id()).attempt() > 0) {
      draft.command(new RunCommand.Release(rung.id()));
    }
  }

  private static boolean over(Run run, Rung rung) {
    return run.step(rung.id()).ended() && parts(run, rung).allMatch(StepRun::ended);
  }

  /** The steps of a rung, their items, and what proves them or takes them back. */
  static Stream<StepRun> parts(Run run, Rung rung) {
    return run.steps().values().stream()
        .filter(
            step ->
                step.id().equals(rung.verifyId())
                    || step.id().equals(rung.undoId())
                    || RungSteps.in(rung, step));
  }

  private static void skip(Draft draft, String id, Reason why) {
    if (draft.find(id).filter(Planner::pending).isPresent()) {
      draft.finish(id, End.SKIPPED, why);
    }
  }

  /** One sentence on what came of the run. */
  static Reason story(Draft draft) {
    Run run = draft.run();
    for (Rung rung : draft.runbook.remediate()) {
      if (proven(draft, rung)) {
        return new Reason("mitigated", rung.name() + " was applied and verified");
      }
    }
    if (run.control().cancelled() != null) {
      return run.control().cancelled();
    }
    if (run.control().withdrawn()) {
      return new Reason("alert-resolved", "the alert resolved before a fix was verified");
    }
    return Rehearsing.first(run).orElseGet(() -> lastFault(draft));
  }

  private static Reason lastFault(Draft draft) {
    return draft.runbook.remediate().stream()
        .map(rung -> fault(draft, rung))
        .flatMap(Optional::stream)
        .reduce((first, second) -> second)
        .orElse(new Reason("nothing-to-do", "no fix applied to what was found"));
  }

  private static Optional<Reason> fault(Draft draft, Rung rung) {
    Optional<Reason> doubt = doubt(draft.run(), rung);
    if (doubt.isPresent()) {
      return doubt;
    }
    StepState state = draft.step(rung.id()).state();
    if (state instanceof Ended over
        && (over.end() == End.FAILED || ByHand.skipped(draft.step(rung.id())))) {
      return Optional.of(new Reason(over.why().code(), rung.name() + ": " + over.why().text()));
    }
    return draft
        .find(rung.verifyId())
        .map(StepRun::state)
        .filter(proof -> proof instanceof Ended over && over.end() == End.FAILED)
        .map(proof -> ((Ended) proof).why())
        .map(why -> new Reason(why.code(), rung.name() + " did not help: " + why.text()));
  }

  /** A change of the rung, or what takes one back, that a human must answer for. */
  private static Optional<Reason> doubt(Run run, Rung rung) {
    return Stream.concat(Stream.of(run.step(rung.id())), parts(run, rung))
        .flatMap(step -> doubt(step).stream())
        .findFirst();
  }

  private static Optional<Reason> doubt(StepRun step) {
    return step.state() instanceof Unknown unknown
        ? Optional.of(
            new Reason(
                "unknown",
                "nobody knows whether " + step.id() + " was done: " + unknown.why().text()))
        : Optional.empty();
  }
}
