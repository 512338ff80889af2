package dev.firebreak.run;

import dev.firebreak.core.Reason;
import dev.firebreak.expression.Condition;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.run.StepState.Underway;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Task;
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

  /** Stands for the run itself where a step is woken. */
  static final String WHOLE = "";

  final Runbook runbook;
  final Instant now;
  private final List<RunCommand> commands = new ArrayList<>();
  private final Run before;
  private Run run;
  private boolean due;

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
    return new Planner.Planned(run, commands.stream().filter(this::stands).toList());
  }

  /** Whether what was wanted is still wanted: the step may have ended by the same event. */
  private boolean stands(RunCommand command) {
    return switch (command) {
      case RunCommand.Propose propose -> step(propose.step()).state() instanceof StepState.Ready;
      case RunCommand.Call call -> step(call.step()).state() instanceof StepState.Ready;
      case RunCommand.Perform perform ->
          step(perform.step()).state() instanceof Running
              && step(perform.step()).attempt() == perform.attempt();
      default -> true;
    };
  }

  StepRun step(String id) {
    return run.step(id);
  }

  /** What is written for a step that is performed. */
  Task task(String id) {
    return runbook.task(id).orElseThrow();
  }

  Optional<StepRun> find(@Nullable String id) {
    return id == null ? Optional.empty() : Optional.ofNullable(run.steps().get(id));
  }

  /** Takes an edge of the step machine. */
  void move(String id, StepEvent event) {
    StepRun step = turned(id);
    StepState next = event.from(step.state());
    run =
        run.with(
            switch (next) {
              case Running running -> step.begun(running);
              case Underway underway -> step.begun(underway);
              default -> step.in(next);
            });
  }

  /** The step, whose time runs from its first event on. */
  private StepRun turned(String id) {
    StepRun step = step(id);
    if (step.openedAt() != null) {
      return step;
    }
    runbook
        .task(id)
        .map(Task::deadline)
        .ifPresent(deadline -> command(new RunCommand.Wake(id, now.plus(deadline))));
    return step.opened(now);
  }

  /** When all attempts and waits of a step must be over; empty when they alone bound it. */
  Optional<Instant> deadline(StepRun step) {
    Instant opened = step.openedAt();
    return opened == null
        ? Optional.empty()
        : runbook.task(step.id()).map(Task::deadline).map(opened::plus);
  }

  /** Something is due although no step has moved. */
  void due() {
    due = true;
  }

  /** Whether the event made a difference. */
  boolean moved() {
    return due || run != before;
  }

  /** Whether the run is as old as a run may become. */
  boolean expired() {
    return !now.isBefore(end());
  }

  /** When the run is ended, however far it is. */
  Instant end() {
    return run.createdAt().plus(runbook.deadline());
  }

  /** A step that the runbook did not foresee by itself. */
  void add(StepRun step) {
    run = run.with(step);
  }

  /** As if nothing had happened to it. */
  void reopen(String id) {
    StepRun step = step(id);
    run = run.with(step.in(new StepEvent.Reopen().from(step.state())).reopened());
  }

  /** The same for evidence that is gathered again: it is given all its tries. */
  void afresh(String id) {
    StepRun step = step(id);
    run = run.with(step.in(new StepEvent.Reopen().from(step.state())).afresh());
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
    run = run.with(turned(id));
    Instant until = now.plus(within(id, timeout)).plus(GRACE);
    move(id, new StepEvent.Begin(new Running(now, until, intent)));
    command(new RunCommand.Perform(id, step(id).attempt()));
    command(new RunCommand.Wake(id, until));
  }

  /** No attempt may last longer than what is left of the step's deadline. */
  private Duration within(String id, Duration timeout) {
    return deadline(step(id))
        .map(deadline -> Duration.between(now, deadline))
        .filter(left -> left.compareTo(timeout) < 0)
        .map(left -> left.isNegative() ? Duration.ZERO : left)
        .orElse(timeout);
  }

  /** Lets the parts of a step begin. */
  void open(String id) {
    move(id, new StepEvent.Open(new Underway(now)));
  }

  void propose(String id) {
    move(id, new StepEvent.Propose());
    command(new RunCommand.Propose(id));
  }

  void loseTrack(String id, String intent, Reason why) {
    move(id, new StepEvent.LoseTrack(new Unknown(intent, now, why)));
    command(new RunCommand.Wake(id, now.plus(ANSWER_WITHIN)));
  }

  /**
   * Ends a step that has not begun or waits, and voids the gate it waits for. One that waits for a
   * run it had begin ends when that has.
   */
  void withdraw(String id, End end, Reason why) {
    if (step(id).state() instanceof Waiting waiting && waiting.gate() != null) {
      command(new RunCommand.Void(id, waiting.gate(), why));
    }
    if (Children.endsFirst(this, id, end, why)) {
      return;
    }
    finish(id, end, why);
  }

  /**
   * Asks a condition. One that was met stays so: it is not asked again of a step that is tried
   * again, unless by hand and after its evidence was gathered again. Evidence that is gathered
   * again is asked anew.
   *
   * @return empty when it cannot be answered: the step has then failed by that reason
   */
  Optional<Boolean> ask(String id, @Nullable Condition condition) {
    if (condition == null || settled(step(id))) {
      return Optional.of(true);
    }
    try {
      return Optional.of(condition.test(RunModel.of(run, runbook, id)));
    } catch (ExpressionException e) {
      withdraw(
          id,
          End.FAILED,
          new Reason("invalid-input", "its condition could not be answered: " + e.getMessage()));
      return Optional.empty();
    }
  }

  private static boolean settled(StepRun step) {
    boolean anew = step.tries() == 0 || (Gathering.waits(step) && step.startedAt() == null);
    return step.attempt() > 0 && !anew;
  }
}
