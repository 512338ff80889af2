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
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.run.WaitFor;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a run: the planner is asked, what it wants decided in this transaction is decided,
 * and the new state is written, until only work for the outside is left. Runs on the committing
 * thread.
 */
final class RunTurns {
  private final LiveRuns runs;
  private final Desks desks;
  private final Proposals proposals;
  private final Questions questions;
  private final Calls calls;
  private final Signals signals;
  private final Family family;
  private final StepNotes stepNotes;
  private final LooseEnds looseEnds;
  private final Notes notes;
  private final Fixes fixes;

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
    this.fixes = new Fixes(desks.guards(), desks.intents());
    this.looseEnds = new LooseEnds(desks.intents(), desks.calls());
  }

  /**
   * What a turn left to do, for a run that is as committed.
   *
   * @param begins whether it is the first turn of the run
   * @param admitted changes whose intent was committed, by step
   * @param next who is first in line for what this run let go of
   * @param born runs that are to begin in the same transaction
   * @param passedOn what runs it had begin are to hear in the same transaction
   */
  record Turned(
      Run run,
      boolean begins,
      List<RunCommand.Outside> commands,
      Map<String, Admitted> admitted,
      List<Locks.Waiter> next,
      List<Run> born,
      List<RunCommand.PassOn> passedOn) {}

  /** Applies an event and all that follows from it at once, and writes the run. */
  Turned turn(Tx tx, Runbook runbook, Run last, RunEvent first) {
    Run before = last.folded();
    TurnInHand turn = new TurnInHand(before, first instanceof RunEvent.Started);
    try {
      return turn(tx, runbook, turn, first);
    } catch (RuntimeException e) {
      turn.giveBack();
      throw e;
    }
  }

  private Turned turn(Tx tx, Runbook runbook, TurnInHand turn, RunEvent first) {
    Run before = turn.run();
    turn.events.add(awaited(tx, before, first));
    while (!turn.events.isEmpty()) {
      step(tx, runbook, turn, turn.events.remove());
      turn.foldMany(tx, runs);
    }
    turn.write(tx, runs);
    if (turn.run() != before) {
      notes.changed(tx, before, turn.run());
      if (turn.run().status().ended()) {
        turn.next.addAll(desks.locks().release(tx, turn.run().id(), first.at()));
      }
    }
    return turn.turned();
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

  private void step(Tx tx, Runbook runbook, TurnInHand turn, RunEvent event) {
    Run before = turn.run();
    Planner.Planned planned = Planner.next(runbook, before, event);
    turn.moved(planned.run());
    if (planned.run() != before) {
      stepNotes.write(tx, before, planned.run(), event);
      looseEnds.tie(tx, before, planned.run(), event.at());
    }
    for (RunCommand command : planned.commands()) {
      carryOut(tx, runbook, turn, before, command, event.at());
    }
  }

  private void carryOut(
      Tx tx, Runbook runbook, TurnInHand turn, Run before, RunCommand command, Instant now) {
    switch (command) {
      case RunCommand.Propose propose -> {
        Proposals.Answer answer =
            proposals.decide(
                tx, turn.run(), runbook, propose.step(), waited(before, propose.step()), now);
        if (answer.admitted() != null) {
          turn.admitted.put(propose.step(), answer.admitted());
        }
        turn.events.add(answer.event());
      }
      case RunCommand.Call call ->
          turn.events.add(calls.open(tx, turn.run(), call.step(), call.chain(), call.why(), now));
      case RunCommand.Await await ->
          signals
              .take(tx, turn.run().id(), await.signal(), await.step())
              .ifPresent(
                  signal ->
                      turn.events.add(
                          new RunEvent.Received(
                              now, await.step(), Actor.parse(signal.by()), signal.body())));
      case RunCommand.Start start ->
          turn.events.add(family.child(tx, turn.run(), runbook, start, now, turn.born::add));
      case RunCommand.PassOn order -> turn.passedOn.add(order);
      case RunCommand.Void gate -> cancelGate(tx, turn.run(), gate, now);
      case RunCommand.Release release -> {
        fixes.over(tx, turn.run(), runbook, release.step(), now);
        turn.next.addAll(desks.locks().release(tx, turn.run().id(), now));
      }
      case RunCommand.Outside later -> turn.left.add(later);
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
}
