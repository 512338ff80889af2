package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Cause;
import dev.firebreak.core.Tx;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.Guards;
import dev.firebreak.run.Incident;
import dev.firebreak.run.NewRun;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.RunModel;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Follows the orders of humans, pages and sources. Thread-safe. */
public final class EngineOrders implements Orders {
  private final Engine engine;
  private final EnginePorts ports;
  private final EngineTools tools;
  private final Guards guards;
  private final Notes notes;
  private final RunOrders runs;
  private final GateOrders gates;
  private final AutomationOrders automation;
  private final GateNews news;

  /**
   * @param stored what the database says of the halt switch at the start
   */
  public EngineOrders(
      Engine engine, EnginePorts ports, Desks desks, EngineTools tools, Automation stored) {
    this.engine = engine;
    this.ports = ports;
    this.tools = tools;
    this.guards = desks.guards();
    notes = new Notes(ports.journal(), tools.listeners());
    SignalDesk signals = new SignalDesk(ports.signals(), notes, new Masking(tools.masker()));
    Questions questions = new Questions(desks, ports.outbox(), notes, tools.ids());
    runs = new RunOrders(engine, ports, signals, tools);
    gates = new GateOrders(engine, desks.gateDesk(), questions, tools.clock());
    news = new GateNews(engine.runs(), desks.gates(), notes);
    automation = new AutomationOrders(ports.ledger(), desks, tools, stored);
  }

  @Override
  public void alarmed(Tx tx, String incidentId, Map<String, String> labels, Instant now) {
    guards.alarmed(tx, incidentId, labels, now);
  }

  @Override
  public String start(
      Tx tx, Incident incident, Runbook runbook, Map<String, Object> alert, Actor by, Instant now) {
    Optional<String> live = ports.runs().live(tx, incident.id(), runbook.name());
    if (live.isPresent()) {
      news.fired(tx, live.get(), alert, by, now);
      return live.get();
    }
    ports.versions().keep(tx, runbook.version(), runbook.name(), runbook.source(), now);
    Map<String, Object> facts = facts(incident, runbook, alert);
    Run run = NewRun.of(tools.ids().next("run"), incident.id(), runbook, facts, by.asText(), now);
    Cause.of(alert).ifPresent(cause -> caused(tx, run, cause, now));
    return engine.turn(tx, run, new RunEvent.Started(now)).id();
  }

  private void caused(Tx tx, Run run, Cause cause, Instant now) {
    String text = "the alert was caused by a change of " + cause.run();
    notes.run(tx, run, now, Actor.ENGINE, "run.caused", text);
  }

  private Map<String, Object> facts(Incident incident, Runbook runbook, Map<String, Object> alert) {
    Map<String, Object> facts = new LinkedHashMap<>(alert);
    facts.put(
        RunModel.INCIDENT,
        Map.of(
            "id", incident.id(),
            "key", incident.key(),
            "title", incident.title(),
            "url", tools.baseUrl() + "/incidents/" + incident.id()));
    facts.put(RunModel.INPUTS, runbook.contract().filled(RunModel.inputs(alert)));
    return facts;
  }

  @Override
  public void alertsResolved(Tx tx, String incidentId, Instant now) {
    runs.tellAll(tx, incidentId, new RunEvent.AlertResolved(now));
    engine.incidents().settle(tx, incidentId, now);
  }

  @Override
  public CompletableFuture<Ordered> cancel(String runId, Actor by, String reason) {
    return runs.order(runId, now -> new RunEvent.Cancelled(now, by, reason));
  }

  @Override
  public CompletableFuture<Ordered> pause(String runId, Actor by, String reason) {
    return runs.order(runId, now -> new RunEvent.Paused(now, by, reason));
  }

  @Override
  public CompletableFuture<Ordered> resume(String runId, Actor by) {
    return runs.order(runId, now -> new RunEvent.Resumed(now, by));
  }

  @Override
  public CompletableFuture<Ordered> answer(
      String runId, String stepId, boolean happened, Actor by, String reason) {
    return runs.order(runId, now -> new RunEvent.Answered(now, stepId, happened, by, reason));
  }

  @Override
  public CompletableFuture<Ordered> retry(String runId, String stepId, Actor by, String reason) {
    return runs.order(runId, now -> new RunEvent.Retried(now, stepId, by, reason));
  }

  @Override
  public CompletableFuture<Ordered> skip(String runId, String stepId, Actor by, String reason) {
    return runs.order(runId, now -> new RunEvent.Skipped(now, stepId, by, reason));
  }

  @Override
  public CompletableFuture<Ordered> signal(
      String runId, String name, @Nullable String key, Map<String, Object> body, Actor by) {
    return runs.signal(runId, name, key, body, by);
  }

  @Override
  public CompletableFuture<Gate> decide(GateDesk.Word word) {
    return gates.decide(word);
  }

  @Override
  public CompletableFuture<Incident> acknowledge(String incidentId, Actor by) {
    return engine.commit(
        tx -> {
          Instant now = tools.clock().instant();
          Incident taken = engine.incidents().acknowledge(tx, incidentId, by, now);
          runs.tellAll(tx, incidentId, new RunEvent.Acknowledged(now, by));
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
          runs.tellAll(tx, incidentId, new RunEvent.Cancelled(now, by, "the incident is resolved"));
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
    return this.automation.set(automation);
  }

  /**
   * Looks at what other nodes set the halt switch to. What was halted here by an order, and was
   * lifted on another node since, is lifted here too; what a file or a signal halted here is not.
   */
  public void lookAtAutomation() {
    automation.look();
  }

  @Override
  public List<Automation> haltedParts() {
    return automation.parts();
  }

  @Override
  public Automation automation() {
    return automation.now();
  }
}
