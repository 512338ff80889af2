package dev.firebreak.engine;

import dev.firebreak.action.Outcome;
import dev.firebreak.core.Actor;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Turn;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Locks;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunCommand;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes runs. Every event becomes one piece of work for the ledger: read the run, ask the
 * planner and the guards, write; when that is durable, what must be done outside is begun, and its
 * end is the next event. Thread-safe.
 */
public final class Engine implements Turn {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final long REPEAT_MILLIS = 1_000;

  private final EnginePorts ports;
  private final EngineTools tools;
  private final InstantSource clock;
  private final LiveRuns runs;
  private final Notes notes;
  private final RunTurns turns;
  private final Family family;
  private final Evidences evidences;
  private final IncidentDesk incidents;
  private final Performer performer;
  private final Timers timers = new Timers();
  private final Takeover takeover;
  private final PostRoom post;
  private volatile boolean stopping;

  public Engine(EnginePorts ports, Desks desks, EngineTools tools) {
    this.ports = ports;
    this.tools = tools;
    this.clock = tools.clock();
    runs = new LiveRuns(ports.runs(), tools.lease().node());
    notes = new Notes(ports.journal(), tools.listeners());
    Masking masking = new Masking(tools.masker());
    Questions questions = new Questions(desks, ports.outbox(), notes, tools.ids());
    Proposals proposals =
        new Proposals(
            desks,
            questions,
            notes,
            masking,
            tools.ids(),
            () -> !stopping && tools.lease().holds());
    family = new Family(ports.runbooks(), ports.versions(), tools.ids(), masking);
    turns =
        new RunTurns(
            runs,
            desks,
            proposals,
            questions,
            new Calls(desks.calls(), notes),
            ports.signals(),
            family,
            notes);
    evidences = new Evidences(ports.artifacts(), ports.outbox(), notes, tools.ids());
    incidents = new IncidentDesk(ports, desks, notes);
    performer =
        new Performer(
            tools.actions(),
            masking,
            tools.executor(),
            tools.alarms(),
            tools.permits(),
            new LastWord(tools.lease(), desks.halt(), clock)::forbids);
    takeover = new Takeover(ports, tools, this);
    post = new PostRoom(ports, tools, this);
  }

  /** Calls {@code listener} whenever {@link #turn} is due earlier than it last said. */
  public void onEarlier(Runnable listener) {
    timers.onEarlier(listener);
  }

  /** Begins no attempt any more; what is at work goes on, and its outcome is still recorded. */
  public void stop() {
    stopping = true;
  }

  /** How many attempts are at work. */
  public int running() {
    return performer.running();
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
    for (Timers.Due due : timers.due(now)) {
      Object unused = submit(due.runId(), new RunEvent.Woken(now, due.stepId()));
    }
    return timers.next();
  }

  /** Applies an event to a run of ours, of which there may be none any more. */
  CompletableFuture<?> submit(String runId, RunEvent event) {
    return ports
        .ledger()
        .commit(
            tx ->
                runs.findOurs(tx, runId)
                    .filter(run -> !run.status().ended())
                    .map(run -> turn(tx, run, event)))
        .whenComplete((done, fault) -> repeat(fault, () -> submit(runId, event), runId));
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
    tx.afterCommit(() -> carryOut(turned, runbook, term));
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

  private void carryOut(RunTurns.Turned turned, Runbook runbook, long term) {
    Run run = turned.run();
    if (run.status().ended()) {
      timers.over(run.id());
    }
    for (RunCommand command : turned.commands()) {
      switch (command) {
        case RunCommand.Perform perform ->
            begin(
                new Performer.Attempt(
                    run,
                    runbook,
                    perform.step(),
                    perform.attempt(),
                    turned.admitted().get(perform.step()),
                    term));
        case RunCommand.Wake wake -> timers.add(new Timers.Due(wake.at(), run.id(), wake.step()));
        case RunCommand.Abort abort -> performer.abort(run.id(), abort.step());
        case RunCommand.Propose propose -> throw new IllegalStateException("left by the turn");
        case RunCommand.Call call -> throw new IllegalStateException("left by the turn");
        case RunCommand.Start start -> throw new IllegalStateException("left by the turn");
        case RunCommand.PassOn order -> throw new IllegalStateException("left by the turn");
        case RunCommand.Await await -> throw new IllegalStateException("left by the turn");
        case RunCommand.Void gate -> throw new IllegalStateException("left by the turn");
        case RunCommand.Release release -> throw new IllegalStateException("left by the turn");
      }
    }
  }

  private void begin(Performer.Attempt attempt) {
    if (stopping) {
      LOG.info("{} is left for the next start: this process stops", attempt.key());
      return;
    }
    try {
      performer.perform(attempt, outcome -> performed(attempt, outcome));
    } catch (RejectedExecutionException e) {
      LOG.info("{} is left for the next start: this process stops", attempt.key());
    }
  }

  private void performed(Performer.Attempt attempt, Outcome outcome) {
    Instant at = clock.instant();
    ports
        .ledger()
        .commit(tx -> record(tx, attempt, outcome, at))
        .whenComplete(
            (done, fault) -> repeat(fault, () -> performed(attempt, outcome), attempt.key()));
  }

  /** Records an outcome if the run still waits for it; late ones change nothing. */
  private Optional<Run> record(Tx tx, Performer.Attempt attempt, Outcome outcome, Instant at) {
    if (!runs.isOurs(tx, attempt.run().id())) {
      late(tx, attempt, outcome, at);
      return Optional.empty();
    }
    return runs.findOurs(tx, attempt.run().id())
        .filter(run -> awaits(run, attempt))
        .map(
            run -> {
              evidences.keep(tx, run, attempt.runbook(), attempt.step(), outcome, at);
              return turn(
                  tx, run, new RunEvent.Performed(at, attempt.step(), attempt.number(), outcome));
            });
  }

  /** What a run that was taken over did here is evidence, and no more. */
  private void late(Tx tx, Performer.Attempt attempt, Outcome outcome, Instant at) {
    notes.step(
        tx,
        attempt.run(),
        attempt.step(),
        at,
        Actor.ENGINE,
        "step.late",
        "%s, attempt %d, %s on a node that had lost this run; that changes nothing"
            .formatted(attempt.step(), attempt.number(), word(outcome)),
        Map.of("node", tools.lease().node(), "attempt", attempt.number()));
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded ok -> "succeeded";
      case Outcome.Failed failed -> "failed (" + failed.reason().text() + ")";
      case Outcome.Unknown unknown -> "ended without an answer (" + unknown.reason().text() + ")";
    };
  }

  private static boolean awaits(Run run, Performer.Attempt attempt) {
    return !run.status().ended()
        && run.epoch() == attempt.run().epoch()
        && run.steps().get(attempt.step()) instanceof StepRun step
        && step.state() instanceof Running
        && step.attempt() == attempt.number();
  }

  /** What could not be made durable is tried again until it is, or this process ends. */
  private void repeat(
      @org.jspecify.annotations.Nullable Throwable fault, Runnable again, String what) {
    if (fault == null) {
      return;
    }
    Throwable cause = fault.getCause() == null ? fault : fault.getCause();
    if (fault instanceof StoreUnavailable || cause instanceof StoreUnavailable) {
      LOG.warn("{} could not be recorded, will be tried again: {}", what, cause.getMessage());
      try {
        tools.alarms().schedule(again, REPEAT_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.info("{} is left for the next start: this process stops", what);
      }
    } else {
      LOG.error("a turn of {} broke; the run stands as it was", what, cause);
    }
  }

  PostRoom post() {
    return post;
  }

  boolean stopped() {
    return stopping;
  }

  LiveRuns runs() {
    return runs;
  }

  IncidentDesk incidents() {
    return incidents;
  }

  <T> CompletableFuture<T> commit(java.util.function.Function<Tx, T> work) {
    return ports.ledger().commit(work);
  }
}
