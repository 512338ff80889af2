package dev.firebreak.run;

import dev.firebreak.core.Reason;
import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.RungStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the steps of a failed rung back, the last one done first, one after the other. What a step
 * builds on is not taken back before that step is.
 */
final class Rollback {
  /** A change that happened, but did not bring what it should. */
  static final String WRONG_OUTPUT = "wrong-output";

  private final Draft draft;
  private final Rung rung;

  /** How it stands with the undoing of a step. */
  private enum Stand {
    NOTHING,
    TO_DO,
    AT_WORK,
    FAILED
  }

  private Rollback(Draft draft, Rung rung) {
    this.draft = draft;
    this.rung = rung;
  }

  /** Whether a change took place, so that it may have to be taken back. */
  static boolean happened(StepRun step) {
    return step.state() instanceof Ended over
        && (over.end() == End.SUCCEEDED || over.why().code().equals(WRONG_OUTPUT));
  }

  /**
   * Begins what is to be taken back next; true when nothing is left. As long as nobody knows how
   * something ended, nothing is taken back.
   */
  static boolean over(Draft draft, Rung rung) {
    if (RungSteps.unknown(draft.run(), rung)) {
      return false;
    }
    return unanswered(draft, rung) || new Rollback(draft, rung).over();
  }

  /** Whether something could not be taken back, so that nobody knows what another fix builds on. */
  static boolean incomplete(Draft draft, Rung rung) {
    if (draft.find(rung.undoId()).filter(undo -> undo.ended(End.FAILED)).isPresent()) {
      return true;
    }
    Rollback rollback = new Rollback(draft, rung);
    return rung.steps().stream().anyMatch(step -> rollback.stand(step) == Stand.FAILED);
  }

  /** Nobody said what happened: to take back what it may build on would be a guess. */
  private static boolean unanswered(Draft draft, Rung rung) {
    return draft.step(rung.id()).state() instanceof Ended over
        && over.why().code().equals("unanswered");
  }

  private boolean over() {
    while (true) {
      Map<RungStep, Stand> stands = stands();
      for (RungStep step : rung.steps()) {
        if (stands.get(step) == Stand.AT_WORK) {
          more(step);
          return false;
        }
      }
      Optional<RungStep> next = draft.expired() ? Optional.empty() : next(stands);
      if (next.isEmpty()) {
        return true;
      }
      begin(next.get());
    }
  }

  private Map<RungStep, Stand> stands() {
    Map<RungStep, Stand> stands = new java.util.IdentityHashMap<>();
    rung.steps().forEach(step -> stands.put(step, stand(step)));
    return stands;
  }

  private Stand stand(RungStep step) {
    if (step.undo() == null) {
      return Stand.NOTHING;
    }
    return step.foreach() == null ? single(step) : items(step);
  }

  private Stand single(RungStep step) {
    StepRun undo = draft.step(step.in(rung) + ".undo");
    if (Planner.pending(undo)) {
      return happened(draft.step(step.in(rung))) ? Stand.TO_DO : Stand.NOTHING;
    }
    if (!undo.ended()) {
      return Stand.AT_WORK;
    }
    return undo.ended(End.FAILED) ? Stand.FAILED : Stand.NOTHING;
  }

  private Stand items(RungStep step) {
    Items items = draft.step(step.in(rung)).items();
    if (items == null) {
      return Stand.NOTHING;
    }
    List<StepRun> undos = undos(step);
    if (undos.stream().anyMatch(undo -> !undo.ended())) {
      return Stand.AT_WORK;
    }
    if (next(step, items).isPresent()) {
      return Stand.TO_DO;
    }
    boolean failed =
        items.notUndone() > 0 || undos.stream().anyMatch(undo -> undo.ended(End.FAILED));
    return failed ? Stand.FAILED : Stand.NOTHING;
  }

  private List<StepRun> undos(RungStep step) {
    return draft.run().itemsOf(step.in(rung)).stream()
        .flatMap(item -> draft.find(item.id() + ".undo").stream())
        .toList();
  }

  /** The item done last that is not being taken back. */
  private Optional<StepRun> next(RungStep step, Items items) {
    return draft.run().itemsOf(step.in(rung)).stream()
        .filter(item -> happened(item) && draft.find(item.id() + ".undo").isEmpty())
        .max(Comparator.comparing(Rollback::end).thenComparingInt(item -> Items.number(item.id())))
        .or(items::last);
  }

  /** The last one done of those that nothing builds on which is still to be taken back. */
  private Optional<RungStep> next(Map<RungStep, Stand> stands) {
    List<RungStep> left = new ArrayList<>();
    for (RungStep step : rung.steps()) {
      if (stands.get(step) == Stand.TO_DO && !heldUp(step, stands)) {
        left.add(step);
      }
    }
    return left.stream()
        .filter(step -> left.stream().noneMatch(other -> buildsOn(other).contains(step.id())))
        .max(Comparator.comparing(step -> end(draft.step(step.in(rung)))));
  }

  /** Whether something stands on it that could not be taken back. */
  private boolean heldUp(RungStep step, Map<RungStep, Stand> stands) {
    Optional<RungStep> above =
        rung.steps().stream()
            .filter(other -> stands.get(other) == Stand.FAILED)
            .filter(other -> buildsOn(other).contains(step.id()))
            .findFirst();
    if (above.isPresent() && step.foreach() == null) {
      draft.finish(
          step.in(rung) + ".undo",
          End.SKIPPED,
          new Reason(
              "held-up", above.get().step().name() + " builds on it, and could not be taken back"));
      stands.put(step, Stand.NOTHING);
    }
    return above.isPresent();
  }

  /** The steps that must have been over before a step began. */
  private Set<String> buildsOn(RungStep step) {
    Set<String> before = new HashSet<>();
    gather(step, before);
    return before;
  }

  private void gather(RungStep step, Set<String> before) {
    step.step().needs().stream()
        .filter(before::add)
        .flatMap(need -> rung.step(need).stream())
        .forEach(need -> gather(need, before));
  }

  private void begin(RungStep step) {
    if (step.foreach() == null) {
      draft.propose(step.in(rung) + ".undo");
    } else {
      more(step);
    }
  }

  /** Lets as many items be taken back at once as were done at once. */
  private void more(RungStep step) {
    if (step.foreach() == null || draft.expired()) {
      return;
    }
    long working = undos(step).stream().filter(undo -> !undo.ended()).count();
    for (long room = step.foreach().concurrency() - working; room > 0; room--) {
      StepRun whole = draft.step(step.in(rung));
      Items items = Objects.requireNonNull(whole.items());
      Optional<StepRun> item = next(step, items);
      if (item.isEmpty()) {
        return;
      }
      if (draft.find(item.get().id()).isEmpty()) {
        draft.add(whole.with(items.withoutLast()));
        draft.add(item.get());
      }
      draft.add(StepRun.pending(item.get().id() + ".undo", Phase.UNDO));
      draft.propose(item.get().id() + ".undo");
    }
  }

  private static Instant end(StepRun step) {
    return step.state() instanceof Ended over ? over.at() : Instant.MIN;
  }
}
