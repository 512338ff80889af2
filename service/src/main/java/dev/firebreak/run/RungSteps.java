package dev.firebreak.run;

import dev.firebreak.core.Reason;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.run.StepState.Pending;
import dev.firebreak.run.StepState.Ready;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.run.StepState.Underway;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.OnFailure;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.RungStep;
import java.util.Optional;

/**
 * The steps of a rung that has several: each begins when what it needs is over, side by side with
 * the others, until all are over or one has failed that stops the rung.
 */
final class RungSteps {
  private static final Reason DONE = new Reason("done", "all its steps are over");
  private static final Reason NOT_WANTED = new Reason("condition", "its condition is not met");
  private static final Reason GONE =
      new Reason(
          Gathering.GONE,
          "no longer needed: by evidence gathered again the condition of the rung is not met");
  private static final Reason NOT_CALLED = new Reason("not-needed", "nothing failed that names it");
  private static final Reason NOT_PROVEN = new Reason("not-needed", "there is nothing to prove");

  private final Draft draft;
  private final Rung rung;

  private RungSteps(Draft draft, Rung rung) {
    this.draft = draft;
    this.rung = rung;
  }

  /** Moves the steps on as far as they go, and ends the rung's work with the last of them. */
  static void advance(Draft draft, Rung rung) {
    RungSteps steps = new RungSteps(draft, rung);
    Run before;
    do {
      before = draft.run();
      rung.steps().forEach(steps::move);
    } while (draft.run() != before);
    steps.end();
  }

  /** Whether something of the rung is at work or waits. */
  static boolean busy(Run run, Rung rung) {
    return run.steps().values().stream().anyMatch(step -> in(rung, step) && busy(step));
  }

  /** The same, apart from what takes it back. */
  static boolean working(Run run, Rung rung) {
    return run.steps().values().stream()
        .anyMatch(step -> step.phase() != StepRun.Phase.UNDO && in(rung, step) && busy(step));
  }

  private static boolean busy(StepRun step) {
    return step.state() instanceof Running
        || step.state() instanceof Ready
        || step.state() instanceof Waiting;
  }

  /** Whether something happened in the rung of which nobody knows how it ended. */
  static boolean unknown(Run run, Rung rung) {
    return run.steps().values().stream()
        .anyMatch(step -> in(rung, step) && step.state() instanceof Unknown);
  }

  static boolean in(Rung rung, StepRun step) {
    return step.id().startsWith(rung.id())
        && step.id().length() > rung.id().length()
        && step.id().charAt(rung.id().length()) == '/';
  }

  private void move(RungStep step) {
    String id = step.in(rung);
    switch (draft.step(id).state()) {
      case Pending pending -> begin(step, id);
      case Underway underway -> Fanout.advance(draft, rung, step, stop());
      case Waiting waiting when Gathering.done(draft, draft.step(id)) -> begin(step, id);
      case Waiting waiting when mayBeWithdrawn(draft.step(id)) ->
          stop().ifPresent(why -> draft.withdraw(id, End.CANCELLED, why));
      case Waiting waiting -> {}
      case Unknown unknown -> {
        if (step.verify() != null) {
          Object unused = Proof.decides(draft, id, proof(id), step.verify());
        }
      }
      case Ended ended -> prove(step, id);
      case Ready ready -> {}
      case Running running -> {}
    }
  }

  /** Whether a step waits and surely did nothing: one that was interrupted is run to its end. */
  static boolean mayBeWithdrawn(StepRun step) {
    return step.state() instanceof Waiting waiting
        && !(step.changes() && waiting.why().code().equals(Retries.INTERRUPTED));
  }

  private void begin(RungStep step, String id) {
    Optional<Reason> stop = stop();
    if (stop.isPresent()) {
      draft.withdraw(id, End.SKIPPED, stop.get());
    } else if (!unknown(draft.run(), rung)
        && needsOver(step)
        && called(step, id)
        && !(step.changes() && Gathering.begin(draft, id))
        && rungWanted(id)) {
      Optional<Boolean> wanted = draft.ask(id, step.step().when());
      if (wanted.isPresent()) {
        start(step, id, wanted.get());
      }
    }
  }

  /** By evidence gathered again before its first change the rung may be needed no longer. */
  private boolean rungWanted(String id) {
    if (!Gathering.waits(draft.step(id)) || !Gathering.untouched(draft.run(), rung)) {
      return true;
    }
    Optional<Boolean> wanted = draft.ask(id, rung.when());
    if (wanted.equals(Optional.of(false))) {
      draft.withdraw(id, End.SKIPPED, GONE);
    }
    return wanted.orElse(false);
  }

  private void start(RungStep step, String id, boolean wanted) {
    if (!wanted) {
      draft.withdraw(id, End.SKIPPED, NOT_WANTED);
    } else if (step.foreach() != null) {
      Fanout.open(draft, step.foreach(), id);
    } else if (step.changes()) {
      draft.propose(id);
    } else {
      Waits.begin(draft, id, step.step().call(), step.step().timeout());
    }
  }

  /** A step that others name for their failure waits for one; it is skipped when none can come. */
  private boolean called(RungStep step, String id) {
    boolean named = false;
    boolean open = false;
    for (RungStep other : rung.steps()) {
      if (other.onFailure().equals(new OnFailure.Instead(step.id()))) {
        named = true;
        if (fault(other).isPresent()) {
          return true;
        }
        open |= !over(other);
      }
    }
    if (named && !open) {
      draft.finish(id, End.SKIPPED, NOT_CALLED);
    }
    return !named;
  }

  private boolean needsOver(RungStep step) {
    return step.step().needs().stream()
        .map(need -> rung.step(need).orElseThrow())
        .allMatch(need -> settled(need, step));
  }

  /** Whether a step is over for one that needs it, and so is what stands in for it if it failed. */
  private boolean settled(RungStep step, RungStep asks) {
    if (!over(step)) {
      return false;
    }
    return fault(step).isEmpty()
        || !(step.onFailure() instanceof OnFailure.Instead(String other))
        || other.equals(asks.id())
        || settled(rung.step(other).orElseThrow(), asks);
  }

  private boolean over(RungStep step) {
    String id = step.in(rung);
    return draft.step(id).ended() && draft.find(proof(id)).map(StepRun::ended).orElse(true);
  }

  private void prove(RungStep step, String id) {
    if (step.verify() == null || draft.find(proof(id)).isEmpty()) {
      return;
    }
    if (!draft.step(id).ended(End.SUCCEEDED)) {
      Object unused = Proof.dropped(draft, proof(id), NOT_PROVEN);
    }
    if (!Planner.pending(draft.step(proof(id)))) {
      return;
    }
    if (draft.step(id).ended(End.SUCCEEDED) && stop().isEmpty()) {
      Object unused = Proof.spoken(draft, proof(id), step.verify());
    } else {
      draft.finish(proof(id), End.SKIPPED, stop().orElse(NOT_PROVEN));
    }
  }

  /** Why nothing new begins in the rung, once something has failed that stops it. */
  private Optional<Reason> stop() {
    for (RungStep step : rung.steps()) {
      if (gone(draft.step(step.in(rung)))) {
        return Optional.of(GONE);
      }
      Optional<Reason> fault = fault(step).filter(why -> stops(step, why));
      if (fault.isPresent()) {
        return fault.map(why -> new Reason(why.code(), step.step().name() + ": " + why.text()));
      }
    }
    return draft
        .deadline(draft.step(rung.id()))
        .filter(deadline -> !draft.now.isBefore(deadline))
        .map(deadline -> new Reason("deadline", "its steps were not over by its deadline"));
  }

  private boolean stops(RungStep step, Reason why) {
    return Ladder.stops(why)
        || switch (step.onFailure()) {
          case OnFailure.Stop stop -> true;
          case OnFailure.Continue go -> false;
          case OnFailure.Instead(String other) -> {
            StepRun instead = draft.step(rung.id() + "/" + other);
            yield instead.ended(End.SKIPPED) || instead.ended(End.CANCELLED);
          }
        };
  }

  /** Why a step failed, or its proof; empty when neither has. */
  private Optional<Reason> fault(RungStep step) {
    String id = step.in(rung);
    return failed(draft.step(id)).or(() -> draft.find(proof(id)).flatMap(RungSteps::failed));
  }

  private static Optional<Reason> failed(StepRun step) {
    return step.state() instanceof Ended over && over.end() == End.FAILED
        ? Optional.of(over.why())
        : Optional.empty();
  }

  private static String proof(String id) {
    return id + ".verify";
  }

  private void end() {
    if (draft.step(rung.id()).state() instanceof Underway
        && rung.steps().stream().allMatch(this::over)) {
      Optional<Reason> stop = stop();
      End end = stop.isEmpty() ? End.SUCCEEDED : stop.get() == GONE ? End.SKIPPED : End.FAILED;
      draft.finish(rung.id(), end, stop.orElse(DONE));
    }
  }

  private static boolean gone(StepRun step) {
    return step.state() instanceof Ended over && over.why().code().equals(Gathering.GONE);
  }
}
