package dev.firebreak.run;

import dev.firebreak.core.Reason;
import dev.firebreak.expression.Condition;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.Runbook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run on its way from one state to the next, with the commands that come of it. */
final class Draft {
  /** How long after its time limit an attempt that says nothing is given up. */
  static final Duration GRACE = Duration.ofSeconds(10);

  /** How long a human may take to answer for an unknown step. */
  static final Duration ANSWER_WITHIN = Duration.ofHours(24);

  final Runbook runbook;
  final Instant now;
  private final List<RunCommand> commands = new ArrayList<>();
  private final Run before;
  private Run run;

  Draft(Runbook runbook, Run run, Instant now) {
    this.runbook = runbook;
    this.before = run;
    this.run = run;
    this.now = now;
  }

  /** The run as it was before the event. */
  Run before() {
    return before;
  }

  Run run() {
    return run;
  }

  void become(Run next) {
    run = next;
  }

  void command(RunCommand command) {
    commands.add(command);
  }

  Planner.Planned planned() {
    return new Planner.Planned(run, List.copyOf(commands));
  }

  StepRun step(String id) {
    return run.step(id);
  }

  Optional<StepRun> find(@Nullable String id) {
    return id == null ? Optional.empty() : Optional.ofNullable(run.steps().get(id));
  }

  /** Takes an edge of the step machine. */
  void move(String id, StepEvent event) {
    StepRun step = step(id);
    StepState next = event.from(step.state());
    run =
        run.with(
            next instanceof Running running && !(step.state() instanceof Running)
                ? step.begun(running)
                : step.in(next));
  }

  /** As if nothing had happened to it. */
  void reopen(String id) {
    StepRun step = step(id);
    run = run.with(step.in(new StepEvent.Reopen().from(step.state())).reopened());
  }

  void finish(String id, End end, Reason why) {
    move(id, new StepEvent.Finish(new Ended(end, now, why)));
  }

  void hold(String id, WaitFor what, Duration pause, Reason why) {
    Instant until = now.plus(pause);
    move(id, new StepEvent.Hold(new Waiting(what, now, until, null, why)));
    command(new RunCommand.Wake(id, until));
  }

  /** Begins a wait that is all the step does. */
  void await(String id, Waiting waiting) {
    StepRun step = step(id);
    run = run.with(step.begun((Waiting) new StepEvent.Hold(waiting).from(step.state())));
  }

  /** Begins an attempt of a step that reads or reports. */
  void begin(String id, Duration timeout) {
    begin(id, timeout, null);
  }

  /** Begins an attempt; a change names its committed intent. */
  void begin(String id, Duration timeout, @Nullable String intent) {
    Instant until = now.plus(timeout).plus(GRACE);
    move(id, new StepEvent.Begin(new Running(now, until, intent)));
    command(new RunCommand.Perform(id, step(id).attempt()));
    command(new RunCommand.Wake(id, until));
  }

  void propose(String id) {
    move(id, new StepEvent.Propose());
    command(new RunCommand.Propose(id));
  }

  void loseTrack(String id, String intent, Reason why) {
    move(id, new StepEvent.LoseTrack(new Unknown(intent, now, why)));
    command(new RunCommand.Wake(id, now.plus(ANSWER_WITHIN)));
  }

  /** Ends a step that has not begun or waits, and voids the gate it waits for. */
  void withdraw(String id, End end, Reason why) {
    if (step(id).state() instanceof Waiting waiting
        && waiting.what() == WaitFor.GATE
        && waiting.ref() != null) {
      command(new RunCommand.Void(id, waiting.ref(), why));
    }
    finish(id, end, why);
  }

  /**
   * Asks a condition. One that was met stays so: it is not asked again of a step that is tried
   * again by hand.
   *
   * @return empty when it cannot be answered: the step has then failed by that reason
   */
  Optional<Boolean> ask(String id, @Nullable Condition condition) {
    if (condition == null || step(id).attempt() > 0) {
      return Optional.of(true);
    }
    try {
      return Optional.of(condition.test(RunModel.of(run)));
    } catch (ExpressionException e) {
      finish(
          id,
          End.FAILED,
          new Reason("invalid-input", "its condition could not be answered: " + e.getMessage()));
      return Optional.empty();
    }
  }
}
