package dev.firebreak.run;

import dev.firebreak.core.Durations;
import dev.firebreak.core.Reason;
import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.BuiltIn;
import dev.firebreak.runbook.Freshness;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Evidence that grew old before a change was decided on: it is gathered again first, once for each
 * decision. Evidence is as old as the end of the step that found it. Pure.
 */
public final class Gathering {
  /** Of a change that waits for its evidence to be gathered again. */
  public static final String CODE = "evidence-old";

  /** Of a change whose evidence was gathered, and that is held for a moment only. */
  private static final String GATHERED = "evidence-gathered";

  /** Of what is not done after all, because the evidence speaks against it by now. */
  static final String GONE = "no-longer-needed";

  private final Runbook book;
  private final Run run;
  private final Rung rung;
  private final StepRun change;
  private final Instant now;

  private Gathering(Runbook book, Run run, StepRun change, Instant now) {
    this.book = book;
    this.run = run;
    this.rung = book.rungOf(change.id());
    this.change = change;
    this.now = now;
  }

  /**
   * Why a change must wait for its evidence before it is decided on.
   *
   * @param prior what it waited for until now, or null
   * @return empty when it is young enough, was just gathered for this decision, or does not matter:
   *     what was interrupted is run to its end, and so is what takes a change back
   */
  public static Optional<Reason> due(
      Runbook book, Run run, String step, @Nullable Waiting prior, Instant now) {
    StepRun change = run.step(step);
    boolean decided = change.phase() == Phase.CHANGE || change.phase() == Phase.ACT;
    boolean interrupted = prior != null && prior.why().code().equals(Retries.INTERRUPTED);
    boolean gathered = prior != null && gathered(prior);
    return !decided || interrupted
        ? Optional.empty()
        : new Gathering(book, run, change, now).due(gathered);
  }

  /** To gather it may have taken longer than it may be old: what came last is young then. */
  private Optional<Reason> due(boolean gathered) {
    Duration maxAge = rung.evidence().maxAge();
    if (maxAge == null) {
      return Optional.empty();
    }
    Instant youngEnough = now.minus(maxAge);
    if (!any(id -> open(id) || old(id, youngEnough))) {
      return Optional.empty();
    }
    List<String> steps = steps();
    if (any(this::open)) {
      return Optional.of(new Reason(CODE, String.join(", ", steps) + " look again already"));
    }
    return gathered && !steps.stream().allMatch(id -> old(id, youngEnough))
        ? Optional.empty()
        : Optional.of(new Reason(CODE, text(steps, maxAge)));
  }

  private String text(List<String> steps, Duration maxAge) {
    Instant oldest = steps.stream().map(this::end).min(Instant::compareTo).orElse(now);
    return "what %s found at %s is %s old, more than %s: gathered again"
        .formatted(
            String.join(", ", steps),
            oldest.truncatedTo(ChronoUnit.SECONDS),
            Durations.text(Duration.between(oldest, now).truncatedTo(ChronoUnit.SECONDS)),
            Durations.text(maxAge));
  }

  private boolean any(Predicate<String> so) {
    Freshness evidence = rung.evidence();
    Address address = Address.of(change.id());
    if (address.step().isEmpty()) {
      return evidence.any(rung.id(), change.startedAt() == null, false, so);
    }
    boolean whole = !address.ofItem();
    return evidence.any(address.step(), whole && untouched(run, rung), whole, so);
  }

  /** All of it that can be gathered, so that it is of one moment. */
  private List<String> steps() {
    List<String> steps = new ArrayList<>();
    Object unused =
        any(
            id -> {
              if (!steps.contains(id) && (open(id) || gathered(id))) {
                steps.add(id);
              }
              return false;
            });
    return steps;
  }

  private boolean old(String id, Instant youngEnough) {
    return run.step(id).state() instanceof Ended over
        && over.at().isBefore(youngEnough)
        && gathered(id);
  }

  /** Whether it is being gathered already. */
  private boolean open(String id) {
    return !run.step(id).ended();
  }

  /** When it was found; what cannot be gathered again does not age. */
  private Instant end(String id) {
    return gathered(id) && run.step(id).state() instanceof Ended over ? over.at() : now;
  }

  /** Pauses, signals and called runs are not repeated, nor is what a human skipped. */
  private boolean gathered(String id) {
    StepRun step = run.step(id);
    BuiltIn builtIn = book.task(id).map(Task::call).orElseThrow().builtIn();
    return step.attempt() > 0
        && !step.ended(End.CANCELLED)
        && !ByHand.skipped(step)
        && (builtIn == null || builtIn instanceof BuiltIn.Until);
  }

  /** Whether nothing of a rung was changed yet. */
  static boolean untouched(Run run, Rung rung) {
    return run.steps().values().stream()
        .noneMatch(
            step -> step.phase() == Phase.ACT && step.attempt() > 0 && RungSteps.in(rung, step));
  }

  /** Whether a step waits for its evidence. */
  static boolean waits(StepRun step) {
    return step.state() instanceof Waiting waiting && waits(waiting);
  }

  /** Whether this is a wait for evidence. */
  public static boolean waits(Waiting waiting) {
    return waiting.why().code().equals(CODE);
  }

  private static boolean gathered(Waiting prior) {
    return waits(prior) || prior.why().code().equals(GATHERED);
  }

  /** Why a change waits for a moment, such that its evidence is not gathered anew for it. */
  public static Reason momentary(@Nullable Waiting prior, Reason why) {
    return prior != null && gathered(prior) ? new Reason(GATHERED, why.text()) : why;
  }

  /** Whether a step waited for its evidence, and all of it is there. */
  static boolean done(Draft draft, StepRun step) {
    return waits(step)
        && draft.runbook.diagnose().stream().allMatch(found -> draft.step(found.id()).ended());
  }

  /** Has a change that is about to be decided on wait for its evidence; false when it need not. */
  static boolean begin(Draft draft, String id) {
    Waiting prior = draft.step(id).state() instanceof Waiting waiting ? waiting : null;
    Optional<Reason> why = due(draft.runbook, draft.run(), id, prior, draft.now);
    if (why.isPresent()) {
      Waiting wait =
          prior == null
              ? new Waiting(WaitFor.TIMER, draft.now, draft.end(), null, why.get())
              : new Waiting(prior.what(), prior.since(), prior.until(), prior.ref(), why.get());
      draft.move(id, new StepEvent.Hold(wait));
      again(draft, id);
    }
    return why.isPresent();
  }

  /** Has the evidence of a change that waits for it gathered again. */
  static void again(Draft draft, String id) {
    Gathering gathering = new Gathering(draft.runbook, draft.run(), draft.step(id), draft.now);
    Object unused =
        gathering.any(
            step -> {
              if (draft.step(step).ended() && (gathering.gathered(step) || gathering.unmet(step))) {
                draft.afresh(step);
              }
              return false;
            });
  }

  /** Whether it was skipped, for a reason that may be none by now. */
  private boolean unmet(String id) {
    StepRun step = run.step(id);
    return step.attempt() == 0 && step.ended(End.SKIPPED) && !ByHand.skipped(step);
  }

  /** What is said of a change whose condition is not met. */
  static Reason unwanted(StepRun step, Reason never) {
    boolean was =
        step.state() instanceof Waiting waiting
            && waits(waiting)
            && (waiting.what() != WaitFor.TIMER || waiting.ref() != null);
    return was
        ? new Reason(GONE, "no longer needed: by evidence gathered again its condition is not met")
        : never;
  }
}
