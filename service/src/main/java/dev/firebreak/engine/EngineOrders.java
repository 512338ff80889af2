package dev.firebreak.engine;

import dev.firebreak.cluster.Bulletin;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Tx;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.gate.GateRefused;
import dev.firebreak.guard.Automation;
import dev.firebreak.run.ByHand;
import dev.firebreak.run.Incident;
import dev.firebreak.run.NewRun;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.RunModel;
import dev.firebreak.run.Signal;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Follows the orders of humans, pages and sources. Thread-safe. */
public final class EngineOrders implements Orders {
  private static final int HALTS_REMEMBERED = 50;

  private final Engine engine;
  private final EnginePorts ports;
  private final Desks desks;
  private final EngineTools tools;
  private final Questions questions;
  private final SignalDesk signals;
  private final AtomicInteger setting = new AtomicInteger();
  private volatile Automation stored;

  /**
   * @param stored what the database says of the halt switch at the start
   */
  public EngineOrders(
      Engine engine, EnginePorts ports, Desks desks, EngineTools tools, Automation stored) {
    this.engine = engine;
    this.ports = ports;
    this.desks = desks;
    this.tools = tools;
    Notes notes = new Notes(ports.journal(), tools.listeners());
    this.questions = new Questions(desks, ports.outbox(), notes, tools.ids());
    this.signals = new SignalDesk(ports.signals(), notes, new Masking(tools.masker()));
    this.stored = stored;
  }

  @Override
  public String start(
      Tx tx, Incident incident, Runbook runbook, Map<String, Object> alert, Actor by, Instant now) {
    Optional<String> live = ports.runs().live(tx, incident.id(), runbook.name());
    if (live.isPresent()) {
      return live.get();
    }
    ports.versions().keep(tx, runbook.version(), runbook.name(), runbook.source(), now);
    Map<String, Object> facts = new LinkedHashMap<>(alert);
    facts.put(
        RunModel.INCIDENT,
        Map.of(
            "id", incident.id(),
            "key", incident.key(),
            "title", incident.title(),
            "url", tools.baseUrl() + "/incidents/" + incident.id()));
    facts.put(RunModel.INPUTS, runbook.contract().filled(RunModel.inputs(alert)));
    Run run = NewRun.of(tools.ids().next("run"), incident.id(), runbook, facts, by.asText(), now);
    return engine.turn(tx, run, new RunEvent.Started(now)).id();
  }

  @Override
  public void alertsResolved(Tx tx, String incidentId, Instant now) {
    for (String run : ports.runs().liveOf(tx, incidentId)) {
      PostRoom.Told unused = engine.post().tell(tx, live(tx, run), new RunEvent.AlertResolved(now));
    }
    engine.incidents().settle(tx, incidentId, now);
  }

  @Override
  public CompletableFuture<Run> cancel(String runId, Actor by, String reason) {
    return order(runId, now -> new RunEvent.Cancelled(now, by, reason));
  }

  @Override
  public CompletableFuture<Run> pause(String runId, Actor by, String reason) {
    return order(runId, now -> new RunEvent.Paused(now, by, reason));
  }

  @Override
  public CompletableFuture<Run> resume(String runId, Actor by) {
    return order(runId, now -> new RunEvent.Resumed(now, by));
  }

  private CompletableFuture<Run> order(String runId, Function<Instant, RunEvent> event) {
    return engine
        .commit(tx -> engine.post().tell(tx, live(tx, runId), event.apply(tools.clock().instant())))
        .thenCompose(engine.post()::answered);
  }

  private Run live(Tx tx, String runId) {
    Run run =
        engine
            .runs()
            .find(tx, runId)
            .orElseThrow(
                () -> new OrderRefused(OrderRefused.Kind.NOT_FOUND, "there is no run " + runId));
    if (run.status().ended()) {
      throw new OrderRefused(
          OrderRefused.Kind.GONE,
          "this run has ended: it is %s since %s".formatted(run.status().asText(), run.endedAt()));
    }
    return run;
  }

  @Override
  public CompletableFuture<Run> answer(
      String runId, String stepId, boolean happened, Actor by, String reason) {
    return engine
        .commit(
            tx -> {
              Run run = withStep(tx, runId, stepId);
              if (!(run.step(stepId).state() instanceof Unknown)) {
                throw new OrderRefused(
                    OrderRefused.Kind.CONFLICT,
                    "step '%s' is %s, not unknown: there is nothing to answer for"
                        .formatted(stepId, run.step(stepId).state().status().asText()));
              }
              Instant now = tools.clock().instant();
              return engine
                  .post()
                  .tell(tx, run, new RunEvent.Answered(now, stepId, happened, by, reason));
            })
        .thenCompose(engine.post()::answered);
  }

  private Run withStep(Tx tx, String runId, String stepId) {
    Run run = live(tx, runId);
    if (!run.steps().containsKey(stepId)) {
      throw new OrderRefused(OrderRefused.Kind.NOT_FOUND, "this run has no step '" + stepId + "'");
    }
    return run;
  }

  @Override
  public CompletableFuture<Run> retry(String runId, String stepId, Actor by, String reason) {
    return byHand(
        runId,
        stepId,
        run -> ByHand.againstRetry(ports.runbooks().version(run.version()), run, stepId),
        now -> new RunEvent.Retried(now, stepId, by, reason));
  }

  @Override
  public CompletableFuture<Run> skip(String runId, String stepId, Actor by, String reason) {
    return byHand(
        runId,
        stepId,
        run -> ByHand.againstSkip(run, stepId),
        now -> new RunEvent.Skipped(now, stepId, by, reason));
  }

  private CompletableFuture<Run> byHand(
      String runId,
      String stepId,
      Function<Run, Optional<String>> against,
      Function<Instant, RunEvent> event) {
    return engine
        .commit(
            tx -> {
              Run run = withStep(tx, runId, stepId);
              Optional<String> why = against.apply(run);
              if (why.isPresent()) {
                throw new OrderRefused(OrderRefused.Kind.CONFLICT, why.get());
              }
              return engine.post().tell(tx, run, event.apply(tools.clock().instant()));
            })
        .thenCompose(engine.post()::answered);
  }

  @Override
  public CompletableFuture<Run> signal(
      String runId, String name, @Nullable String key, Map<String, Object> body, Actor by) {
    return engine
        .commit(
            tx -> {
              Instant now = tools.clock().instant();
              Signal signal =
                  new Signal(tools.ids().next("sig"), runId, name, key, body, by.asText(), now);
              if (signals.known(tx, signal)) {
                return new PostRoom.Told(engine.runs().find(tx, runId).orElseThrow(), null);
              }
              Run run = live(tx, runId);
              return engine.post().tell(tx, run, signals.keep(tx, run, signal, now));
            })
        .thenCompose(engine.post()::answered);
  }

  @Override
  public CompletableFuture<Gate> approve(
      String gateId, String planHash, String person, Set<String> teams, String reason) {
    return decide(new GateDesk.Word(gateId, planHash, person, teams, true, reason));
  }

  @Override
  public CompletableFuture<Gate> reject(
      String gateId, String planHash, String person, Set<String> teams, String reason) {
    return decide(new GateDesk.Word(gateId, planHash, person, teams, false, reason));
  }

  private CompletableFuture<Gate> decide(GateDesk.Word word) {
    return engine.commit(
        tx -> {
          Instant now = tools.clock().instant();
          Gate gate = counted(tx, word, now);
          Run run = engine.runs().find(tx, gate.runId()).orElseThrow();
          questions.voted(tx, run, gate, word, now);
          if (gate.status() != Gate.Status.OPEN) {
            PostRoom.Told unused =
                engine.post().tell(tx, run, new RunEvent.Woken(now, gate.stepId()));
          }
          return gate;
        });
  }

  private Gate counted(Tx tx, GateDesk.Word word, Instant now) {
    try {
      return desks.gateDesk().decide(tx, word, now);
    } catch (GateRefused e) {
      throw new OrderRefused(
          switch (e.kind()) {
            case UNKNOWN -> OrderRefused.Kind.NOT_FOUND;
            case NOT_ASKED -> OrderRefused.Kind.FORBIDDEN;
            case CONFLICT -> OrderRefused.Kind.CONFLICT;
            case OVER -> OrderRefused.Kind.GONE;
          },
          String.valueOf(e.getMessage()));
    }
  }

  @Override
  public CompletableFuture<Incident> acknowledge(String incidentId, Actor by) {
    return engine.commit(
        tx -> {
          Instant now = tools.clock().instant();
          Incident taken = engine.incidents().acknowledge(tx, incidentId, by, now);
          for (String run : ports.runs().liveOf(tx, incidentId)) {
            PostRoom.Told unused =
                engine.post().tell(tx, live(tx, run), new RunEvent.Acknowledged(now, by));
          }
          return taken;
        });
  }

  @Override
  public CompletableFuture<Incident> resolve(String incidentId, Actor by, @Nullable String reason) {
    return engine.commit(
        tx -> {
          Instant now = tools.clock().instant();
          String text = by.name() + " resolves" + (reason == null ? "" : ": " + reason);
          Incident over = engine.incidents().resolve(tx, incidentId, by, text, now);
          for (String run : ports.runs().liveOf(tx, incidentId)) {
            PostRoom.Told unused =
                engine
                    .post()
                    .tell(
                        tx,
                        live(tx, run),
                        new RunEvent.Cancelled(now, by, "the incident is resolved"));
          }
          return over;
        });
  }

  @Override
  public CompletableFuture<Void> note(String incidentId, Actor by, String text) {
    return engine
        .commit(
            tx -> {
              engine.incidents().note(tx, incidentId, by, text, tools.clock().instant());
              return true;
            })
        .thenApply(done -> null);
  }

  @Override
  public CompletableFuture<Automation> automate(Automation automation) {
    if (automation.mode() == Automation.Mode.OFF) {
      desks.halt().engage(automation);
    } else if (automation.mode() == Automation.Mode.ASK) {
      stored = automation;
    }
    setting.incrementAndGet();
    return engine
        .commit(
            tx -> {
              desks.automation().set(tx, automation);
              tx.afterCommit(
                  () -> tools.bulletin().tell(new Bulletin.Word(Bulletin.Kind.AUTOMATION, "")));
              return automation;
            })
        .thenApply(this::inForce)
        .whenComplete((set, fault) -> setting.decrementAndGet());
  }

  /**
   * Looks at what other nodes set the halt switch to. What was halted here by an order, and was
   * lifted on another node since, is lifted here too; what a file or a signal halted here is not.
   */
  public void lookAtAutomation() {
    List<Automation> history =
        ports.ledger().read(tx -> desks.automation().history(tx, HALTS_REMEMBERED));
    if (history.isEmpty() || setting.get() > 0) {
      return;
    }
    stored = history.getFirst();
    if (stored.mode() != Automation.Mode.OFF) {
      desks.halt().liftOrdered(history.subList(1, history.size()));
    }
  }

  private Automation inForce(Automation set) {
    stored = set;
    if (set.mode() != Automation.Mode.OFF) {
      desks.halt().lift();
    }
    return set;
  }

  @Override
  public Automation automation() {
    return desks.halt().strictest(stored, tools.clock().instant());
  }
}
