package dev.firebreak.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.action.Outcome;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Reason;
import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.run.StepState.Ready;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.Runbook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Plays the world around the planner, as the engine would and by chance: guards that refuse or
 * hold, attempts that end in any way and order or never, humans who cancel, pause and answer,
 * processes that crash and read their runs back. Whoever listens sees every event with the run
 * before and after.
 */
final class Play {
  private static final Actor ANA = Actor.person("ana");
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  /** Sees what happens. */
  interface Watch {
    void saw(Run before, RunEvent event, Run after, List<RunCommand> commands);
  }

  private record Attempt(String step, int number) {}

  private record Wake(Instant at, String step) {}

  private final Runbook book;
  private final Random random;
  private final Watch watch;
  private final Chances chances;
  private final List<Attempt> atWork = new ArrayList<>();
  private final PriorityQueue<Wake> wakes =
      new PriorityQueue<>(java.util.Comparator.comparing(Wake::at));
  private final Map<String, StepRun> rows = new LinkedHashMap<>();
  private int intents;
  private Instant now = START;
  Run run;

  /** How often, in a thousand, what happens. */
  record Chances(int refused, int failed, int lost, int cancel, int pause, int crash, int hang) {
    static final Chances CALM = new Chances(0, 0, 0, 0, 0, 0, 0);

    /** All goes well but the proof of the whole. */
    static final Chances UNPROVEN = new Chances(0, 0, 0, 0, 0, 0, 0);

    static final Chances ROUGH = new Chances(30, 150, 60, 4, 20, 30, 40);
  }

  Play(Runbook book, Random random, Chances chances, Watch watch) {
    this.book = book;
    this.random = random;
    this.chances = chances;
    this.watch = watch;
    run = NewRun.of("run_1", "inc_1", book, Map.of(), "system:test", START);
    rows.putAll(run.steps());
  }

  private boolean chance(int perMille) {
    return random.nextInt(1000) < perMille;
  }

  /** Plays until the run has ended; how many events that took. */
  int toTheEnd() {
    int events = 1;
    tell(new RunEvent.Started(now));
    while (!run.status().ended()) {
      assertThat(events++).as("a run ends").isLessThan(100_000);
      next();
    }
    return events;
  }

  private void next() {
    if (chance(chances.crash)) {
      crash();
    } else if (chance(chances.cancel)) {
      tell(new RunEvent.Cancelled(now, ANA, "stop"));
    } else if (chance(chances.pause)) {
      tell(new RunEvent.Paused(now, ANA, "let me look"));
    } else if (run.control().paused() && (chance(300) || atWork.isEmpty())) {
      tell(new RunEvent.Resumed(now, ANA));
    } else if (!atWork.isEmpty() && chance(chances.hang)) {
      atWork.remove(random.nextInt(atWork.size()));
    } else if (!atWork.isEmpty() && (chances == Chances.UNPROVEN || !chance(100))) {
      end(atWork.remove(random.nextInt(atWork.size())));
    } else if (!answered()) {
      wake();
    }
  }

  private boolean answered() {
    for (StepRun step : run.steps().values()) {
      if (step.state() instanceof Unknown && chance(400)) {
        now = now.plusMillis(1); // what ends in one instant has no order
        tell(new RunEvent.Answered(now, step.id(), random.nextBoolean(), ANA, "looked"));
        return true;
      }
      boolean called = step.phase() == Phase.ESCALATE && step.state() instanceof Waiting;
      if (called && chance(400)) {
        tell(new RunEvent.Acknowledged(now, ANA));
        return true;
      }
    }
    return false;
  }

  private void wake() {
    assertThat(wakes).as(() -> "nothing would ever move " + run.steps().values()).isNotEmpty();
    Wake due = wakes.remove();
    now = due.at().isAfter(now) ? due.at() : now;
    StepRun step = run.steps().get(due.step());
    if (step != null && step.phase() == Phase.ESCALATE) {
      tell(new RunEvent.Unanswered(now, step.id(), new Reason("unanswered", "nobody")));
    } else {
      tell(new RunEvent.Woken(now, due.step()));
    }
  }

  private void end(Attempt attempt) {
    now = now.plusMillis(1 + random.nextInt(3000));
    tell(new RunEvent.Performed(now, attempt.step, attempt.number, outcome(attempt.step)));
  }

  private Outcome outcome(String step) {
    Reason why = new Reason("refused", "no");
    if (chances == Chances.UNPROVEN && step.endsWith(".verify")) {
      return new Outcome.Failed(why, true);
    }
    if (chance(chances.failed)) {
      return new Outcome.Failed(why, random.nextBoolean());
    }
    return chance(chances.lost)
        ? new Outcome.Unknown(why)
        : new Outcome.Succeeded(Map.of(), List.of());
  }

  /** The process is gone, and another reads what was written. */
  private void crash() {
    atWork.clear();
    wakes.clear();
    Map<String, StepRun> read = new LinkedHashMap<>();
    rows.forEach((id, row) -> read.put(id, bare(row)));
    run = run.withSteps(read).restored();
    tell(new RunEvent.Recovered(now));
  }

  /** What a row holds of a step. */
  private static StepRun bare(StepRun step) {
    return new StepRun(
        step.id(),
        step.phase(),
        step.state(),
        step.attempt(),
        step.openedAt(),
        step.startedAt(),
        step.output(),
        null,
        step.earlier());
  }

  /** One turn, as the engine makes it. */
  private void tell(RunEvent first) {
    run = run.folded();
    Deque<RunEvent> events = new ArrayDeque<>(List.of(first));
    while (!events.isEmpty()) {
      RunEvent event = events.remove();
      Run before = run;
      Planner.Planned planned = Planner.next(book, before, event);
      run = planned.run();
      watch.saw(before, event, run, planned.commands());
      planned.commands().forEach(command -> carryOut(command, events));
    }
    rows.putAll(run.steps());
  }

  private void carryOut(RunCommand command, Deque<RunEvent> events) {
    switch (command) {
      case RunCommand.Propose propose -> events.add(decided(propose.step()));
      case RunCommand.Perform perform -> atWork.add(new Attempt(perform.step(), perform.attempt()));
      case RunCommand.Wake wake -> wakes.add(new Wake(wake.at(), wake.step()));
      case RunCommand.Call call ->
          events.add(new RunEvent.Called(now, call.step(), "esc_1", now.plusSeconds(600)));
      default -> {}
    }
  }

  private RunEvent decided(String step) {
    if (chance(chances.refused)) {
      return new RunEvent.Refused(now, step, new Reason("limit-target", "used up"));
    }
    if (chance(chances.refused) && !Address.of(step).undoes()) {
      return new RunEvent.Held(
          now, step, WaitFor.LOCK, now, now.plusSeconds(1), null, new Reason("locked", "wait"));
    }
    return new RunEvent.Admitted(now, step, "int_" + intents++);
  }

  /** Steps that have begun and are not over. */
  static boolean open(StepRun step) {
    return step.state() instanceof Running
        || step.state() instanceof Ready
        || step.state() instanceof Waiting
        || step.state() instanceof Unknown;
  }

  Duration took() {
    return Duration.between(START, now);
  }
}
