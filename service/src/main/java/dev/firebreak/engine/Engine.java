package dev.firebreak.engine;

import dev.firebreak.action.Outcome;
import dev.firebreak.core.Turn;
import dev.firebreak.core.Tx;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.ChangeMarks;
import dev.firebreak.guard.HaltedChange;
import dev.firebreak.guard.Locks;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunCommand;
import dev.firebreak.run.RunEvent;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Executes runs. Every event becomes one piece of work for the ledger: read the run, ask the
 * planner and the guards, write; when that is durable, what must be done outside is begun, and its
 * end is the next event. Thread-safe.
 */
public final class Engine implements Turn {
  private final EnginePorts ports;
  private final EngineTools tools;
  private final Desks desks;
  private final UntilDurable untilDurable;
  private final InstantSource clock;
  private final LiveRuns runs;
  private final Permits permits;
  private final RunTurns turns;
  private final Family family;
  private final Outcomes outcomes;
  private final IncidentDesk incidents;
  private final Outside outside;
  private final Takeover takeover;
  private final PostRoom post;

  public Engine(EnginePorts ports, Desks desks, EngineTools tools) {
    this.ports = ports;
    this.tools = tools;
    this.desks = desks;
    this.clock = tools.clock();
    untilDurable = new UntilDurable(ports.ledger(), tools.alarms());
    runs = new LiveRuns(ports.runs(), tools.lease().node());
    Notes notes = new Notes(ports.journal(), tools.listeners());
    Masking masking = new Masking(tools.masker());
    family = new Family(ports.runbooks(), ports.versions(), tools.ids(), masking);
    permits = new Permits(tools.changes(), this::call);
    turns = turns(notes, masking);
    Evidences evidences = new Evidences(ports.artifacts(), ports.outbox(), notes, tools.ids());
    outcomes = new Outcomes(runs, evidences, notes, tools.lease().node());
    incidents = new IncidentDesk(ports, desks, notes);
    Performer performer =
        new Performer(
            tools.actions(),
            masking,
            tools.executor(),
            tools.alarms(),
            tools.reads(),
            new LastWord(tools.lease(), desks.halt(), clock)::forbids,
            new StartLine(tools.reads(), tools.rush(), tools.alarms(), clock));
    outside = new Outside(performer, this::performed);
    takeover = new Takeover(ports, tools, this::turn, this::stopped);
    post = new PostRoom(ports, tools, runs, this::turn);
  }

  private RunTurns turns(Notes notes, Masking masking) {
    Questions questions = new Questions(desks, ports.outbox(), notes, tools.ids());
    Proposals proposals =
        new Proposals(
            desks,
            questions,
            notes,
            masking,
            tools.ids(),
            permits,
            () -> !stopped() && tools.lease().holds());
    Calls calls = new Calls(desks.calls(), notes);
    return new RunTurns(runs, desks, proposals, questions, calls, ports.signals(), family, notes);
  }

  /** Calls {@code listener} whenever {@link #turn} is due earlier than it last said. */
  public void onEarlier(Runnable listener) {
    outside.onEarlier(listener);
  }

  /** Begins no attempt any more; what is at work goes on, and its outcome is still recorded. */
  public void stop() {
    outside.stop();
  }

  /** How many attempts are at work. */
  public int running() {
    return outside.running();
  }

  /** How many permits to change something are taken, or kept for a step that was called. */
  public int permitsInUse() {
    return permits.inUse();
  }

  /** Looks for runs that nobody advances any more, and takes them over. Returns at once. */
  public void takeOver() {
    takeover.look();
  }

  /** Looks for what other nodes left for our runs. */
  public void readMail() {
    post.look();
  }

  @Override
  public Optional<Instant> turn(Instant now) {
    for (Timers.Due due : outside.due(now)) {
      submit(due.runId(), new RunEvent.Woken(now, due.stepId()));
    }
    return outside.next();
  }

  /** Applies an event to a run of ours, of which there may be none any more. */
  private void submit(String runId, RunEvent event) {
    untilDurable.commit(runId, tx -> apply(tx, runId, event));
  }

  private Optional<Run> apply(Tx tx, String runId, RunEvent event) {
    return runs.findOurs(tx, runId)
        .filter(run -> !run.status().ended())
        .map(run -> turn(tx, run, event));
  }

  /** A step that stood in line for a permit is decided on. */
  private void call(Permits.Turn turn) {
    if (stopped()) {
      return;
    }
    RunEvent event = new RunEvent.Woken(clock.instant(), turn.step());
    untilDurable.commit(
        turn.runId(),
        tx -> {
          tx.afterCommit(turn::over);
          tx.onRollback(turn::over);
          return apply(tx, turn.runId(), event);
        });
  }

  /** Applies an event inside a transaction; what follows outside begins once it is durable. */
  Run turn(Tx tx, Run run, RunEvent said) {
    RunEvent event = said.at(clock.instant());
    long term = tools.lease().term();
    Runbook runbook = ports.runbooks().version(run.version());
    RunTurns.Turned turned = turns.turn(tx, runbook, run, event);
    if (turned.run().status().ended() && !run.status().ended()) {
      incidents.settle(tx, run.incidentId(), event.at());
    }
    tx.afterCommit(() -> outside.carryOut(turned, runbook, term));
    turned.next().forEach(waiter -> tx.afterCommit(() -> wake(waiter)));
    family(tx, run, turned, runbook, event.at());
    return turned.run();
  }

  /** The runs a run has begin begin, hear what it hears, and tell it of their end. */
  private void family(Tx tx, Run before, RunTurns.Turned turned, Runbook runbook, Instant now) {
    for (Run child : turned.born()) {
      Run unused = turn(tx, child, new RunEvent.Started(now));
    }
    for (RunCommand.PassOn order : turned.passedOn()) {
      tell(tx, order.child(), Family.passedOn(order, now));
    }
    Run run = turned.run();
    if (run.status().ended() && !before.status().ended()) {
      run.parent()
          .ifPresent(parent -> tell(tx, parent.run(), family.ended(run, parent, runbook, now)));
    }
  }

  private void tell(Tx tx, String runId, RunEvent event) {
    runs.find(tx, runId)
        .filter(run -> !run.status().ended())
        .ifPresent(
            run -> {
              PostRoom.Told unused = post.tell(tx, run, event);
            });
  }

  /** It looks by itself, too; a word that is lost costs it seconds. */
  private void wake(Locks.Waiter waiter) {
    Instant now = clock.instant();
    Object unused =
        commit(
            tx ->
                runs.find(tx, waiter.runId())
                    .filter(run -> !run.status().ended())
                    .map(run -> post.tell(tx, run, new RunEvent.Woken(now, waiter.stepId()))));
  }

  private void performed(Attempt attempt, Outcome outcome) {
    untilDurable.commit(
        attempt.key(),
        tx -> {
          Instant at = clock.instant();
          RunEvent event = new RunEvent.Performed(at, attempt.step(), attempt.number(), outcome);
          stopped(tx, attempt, outcome, at);
          return outcomes.keep(tx, attempt, outcome, at).map(run -> turn(tx, run, event));
        });
  }

  /** What a human stopped between its decision and its begin is kept for people to choose. */
  private void stopped(Tx tx, Attempt attempt, Outcome outcome, Instant at) {
    if (outcome instanceof Outcome.Failed failed
        && attempt.changing()
        && failed.reason().code().equals(HaltedChange.STOPPED)) {
      Run run = attempt.run();
      desks
          .automation()
          .stopped(
              tx,
              new HaltedChange(
                  run.id(),
                  attempt.step(),
                  run.incidentId(),
                  run.runbook(),
                  desks.halt().scopeOf(ChangeMarks.of(run, attempt.runbook(), attempt.step()), at),
                  failed.reason().text(),
                  at,
                  true));
    }
  }

  /** Follows up a gate that one person decided alone: a {@link GlassDesk.Decided}. */
  public void decided(Tx tx, Gate gate, Instant now) {
    desks
        .announce()
        .apply(tx, gate)
        .forEach(message -> ports.outbox().add(tx, message, gate.incidentId(), now));
    runs.find(tx, gate.runId())
        .ifPresent(
            run -> {
              PostRoom.Told unused = post.tell(tx, run, new RunEvent.Woken(now, gate.stepId()));
            });
  }

  PostRoom post() {
    return post;
  }

  boolean stopped() {
    return outside.stopping();
  }

  LiveRuns runs() {
    return runs;
  }

  IncidentDesk incidents() {
    return incidents;
  }

  <T> CompletableFuture<T> commit(Function<Tx, T> work) {
    return ports.ledger().commit(work);
  }
}
