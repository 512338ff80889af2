package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Locks;
import dev.firebreak.run.Planner;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunCommand;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.Signals;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.run.WaitFor;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a run: the planner is asked, what it wants decided in this transaction is decided,
 * and the new state is written, until only work for the outside is left. Runs on the committing
 * thread.
 */
final class RunTurns {
  /** So many new items are written before the turn is over, and only counted from then on. */
  private static final int MANY = 100;

  private final LiveRuns runs;
  private final Desks desks;
  private final Proposals proposals;
  private final Questions questions;
  private final Calls calls;
  private final Signals signals;
  private final Family family;
  private final StepNotes stepNotes;
  private final Notes notes;

  RunTurns(
      LiveRuns runs,
      Desks desks,
      Proposals proposals,
      Questions questions,
      Calls calls,
      Signals signals,
      Family family,
      Notes notes) {
    this.runs = runs;
    this.desks = desks;
    this.proposals = proposals;
    this.questions = questions;
    this.calls = calls;
    this.signals = signals;
    this.family = family;
    this.notes = notes;
    this.stepNotes = new StepNotes(notes);
  }

  /**
   * What a turn left to do, for a run that is as committed.
   *
   * @param admitted parameters of changes whose intent was committed, by step
   * @param next who is first in line for what this run let go of
   * @param born runs that are to begin in the same transaction
   * @param passedOn what runs it had begin are to hear in the same transaction
   */
  record Turned(
      Run run,
      List<RunCommand.Outside> commands,
      Map<String, Map<String, Object>> admitted,
      List<Locks.Waiter> next,
      List<Run> born,
      List<RunCommand.PassOn> passedOn) {}

  /** One turn at work. */
  private static final class State {
    final Deque<RunEvent> events = new ArrayDeque<>();
    final List<RunCommand.Outside> left = new ArrayList<>();
    final Map<String, Map<String, Object>> admitted = new java.util.HashMap<>();
    final List<Locks.Waiter> next = new ArrayList<>();
    final List<Run> born = new ArrayList<>();
    final List<RunCommand.PassOn> passedOn = new ArrayList<>();
    Run run;
    Run written;
    boolean isNew;

    State(Run run, boolean isNew) {
      this.isNew = isNew;
      this.run = run;
      this.written = run;
    }

    /** What was written need not be kept among the steps. */
    void fold() {
      run = run.folded();
      written = run;
    }
  }

  /** Applies an event and all that follows from it at once, and writes the run. */
  Turned turn(Tx tx, Runbook runbook, Run last, RunEvent first) {
    Run before = last.folded();
    State state = new State(before, first instanceof RunEvent.Started);
    state.events.add(awaited(tx, before, first));
    while (!state.events.isEmpty()) {
      step(tx, runbook, state, state.events.remove());
      if (state.run.steps().size() > state.written.steps().size() + MANY) {
        write(tx, state);
        state.fold();
      }
    }
    if (state.run != state.written) {
      write(tx, state);
    }
    if (state.run != before) {
      notes.changed(tx, before, state.run);
      if (state.run.status().ended()) {
        state.next.addAll(desks.locks().release(tx, state.run.id(), first.at()));
      }
    }
    return new Turned(
        state.run,
        List.copyOf(state.left),
        state.admitted,
        List.copyOf(state.next),
        state.born,
        state.passedOn);
  }

  private void write(Tx tx, State state) {
    if (state.isNew) {
      runs.add(tx, state.run);
    } else {
      runs.save(tx, state.written, state.run);
    }
    state.isNew = false;
  }

  /** A call whose time has come goes to the next person, or ends. */
  private RunEvent awaited(Tx tx, Run run, RunEvent event) {
    if (event instanceof RunEvent.Woken woken
        && run.steps().get(woken.step()) instanceof StepRun step
        && step.state() instanceof Waiting waiting
        && waiting.what() == WaitFor.ACKNOWLEDGEMENT
        && waiting.ref() != null
        && !run.status().ended()) {
      return calls.advance(tx, run, step.id(), waiting.ref(), woken.at());
    }
    return event;
  }

  private void step(Tx tx, Runbook runbook, State state, RunEvent event) {
    Run before = state.run;
    Planner.Planned planned = Planner.next(runbook, before, event);
    state.run = planned.run();
    if (planned.run() != before) {
      stepNotes.write(tx, before, planned.run(), event);
      settleIntents(tx, before, planned.run(), event.at());
      withdrawCalls(tx, before, planned.run(), event.at());
    }
    for (RunCommand command : planned.commands()) {
      carryOut(tx, runbook, state, before, command, event.at());
    }
  }

  private void carryOut(
      Tx tx, Runbook runbook, State state, Run before, RunCommand command, Instant now) {
    switch (command) {
      case RunCommand.Propose propose -> {
        Proposals.Answer answer =
            proposals.decide(
                tx, state.run, runbook, propose.step(), waited(before, propose.step()), now);
        if (answer.plan() != null) {
          state.admitted.put(propose.step(), answer.plan().params());
        }
        state.events.add(answer.event());
      }
      case RunCommand.Call call ->
          state.events.add(calls.open(tx, state.run, call.step(), call.chain(), call.why(), now));
      case RunCommand.Await await ->
          signals
              .take(tx, state.run.id(), await.signal(), await.step())
              .ifPresent(
                  signal ->
                      state.events.add(
                          new RunEvent.Received(
                              now, await.step(), Actor.parse(signal.by()), signal.body())));
      case RunCommand.Start start ->
          state.events.add(family.child(tx, state.run, runbook, start, now, state.born::add));
      case RunCommand.PassOn order -> state.passedOn.add(order);
      case RunCommand.Void gate -> cancelGate(tx, state.run, gate, now);
      case RunCommand.Release release ->
          state.next.addAll(desks.locks().release(tx, state.run.id(), now));
      case RunCommand.Outside later -> state.left.add(later);
    }
  }

  private void cancelGate(Tx tx, Run run, RunCommand.Void command, Instant now) {
    desks
        .gates()
        .find(tx, command.gate())
        .ifPresent(gate -> questions.cancel(tx, run, command.step(), gate, command.why(), now));
  }

  private static @Nullable Waiting waited(Run before, String step) {
    return before.steps().get(step) instanceof StepRun was && was.state() instanceof Waiting waiting
        ? waiting
        : null;
  }

  /** An intent ends with the attempt it was committed for. */
  private void settleIntents(Tx tx, Run before, Run after, Instant now) {
    for (StepRun step : after.steps().values()) {
      StepState was = state(before, step.id());
      if (was instanceof Running running && running.intent() != null && was != step.state()) {
        desks.intents().end(tx, running.intent(), ending(step.state()), now);
      } else if (was instanceof Unknown unknown && step.ended()) {
        desks.intents().end(tx, unknown.intent(), ending(step.state()), now);
      }
    }
  }

  /**
   * Nobody is called any more once the step that calls is over, however it ended: cancelled, its
   * alert resolved, skipped by a human, its time over. A call that was answered is left as it is.
   */
  private void withdrawCalls(Tx tx, Run before, Run after, Instant now) {
    for (StepRun step : after.steps().values()) {
      if (state(before, step.id()) instanceof Waiting was
          && was.what() == WaitFor.ACKNOWLEDGEMENT
          && was.ref() != null
          && step.ended()) {
        desks.calls().withdraw(tx, was.ref(), now);
      }
    }
  }

  private static @Nullable StepState state(Run run, String step) {
    return run.steps().get(step) instanceof StepRun there ? there.state() : null;
  }

  private static String ending(StepState state) {
    return switch (state) {
      case Ended ended -> ended.end() == StepState.End.SUCCEEDED ? "succeeded" : "failed";
      case Waiting waiting -> waiting.why().code().equals("interrupted") ? "unknown" : "failed";
      case Unknown unknown -> "unknown";
      case StepState.Pending pending -> "failed";
      case StepState.Ready ready -> "failed";
      case Running running -> "failed";
      case StepState.Underway underway -> "failed";
    };
  }
}
