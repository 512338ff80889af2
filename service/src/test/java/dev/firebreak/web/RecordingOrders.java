package dev.firebreak.web;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.engine.Ordered;
import dev.firebreak.engine.Orders;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.HaltScope;
import dev.firebreak.run.Incident;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Writes down what it was told; does as much of it as pages show. */
final class RecordingOrders implements Orders {
  final List<String> given = new CopyOnWriteArrayList<>();
  private final List<Automation> parts = new CopyOnWriteArrayList<>();
  volatile @Nullable OrderRefused refusal;
  volatile boolean stored;
  private final Database database;
  private volatile Automation automation;

  RecordingOrders(Database database, Instant start) {
    this.database = database;
    automation = new Automation(Automation.Mode.ON, "first start", "firebreak", start, null);
  }

  private <T> CompletableFuture<T> given(String order, T answer) {
    OrderRefused refused = refusal;
    if (refused != null) {
      return CompletableFuture.failedFuture(refused);
    }
    given.add(order);
    return CompletableFuture.completedFuture(answer);
  }

  @Override
  public String start(
      Tx tx, Incident incident, Runbook book, Map<String, Object> alert, Actor by, Instant now) {
    throw new UnsupportedOperationException("no page starts a run");
  }

  @Override
  public void alertsResolved(Tx tx, String incidentId, Instant now) {
    throw new UnsupportedOperationException("no page resolves alerts");
  }

  private Ordered run(String id) {
    return new Ordered(
        database.ledger().read(tx -> database.runs().find(tx, id)).orElseThrow(), stored);
  }

  private Gate gate(String id) {
    return database.ledger().read(tx -> database.gates().find(tx, id)).orElseThrow();
  }

  private Incident incident(String id) {
    return database.ledger().read(tx -> database.incidents().find(tx, id)).orElseThrow();
  }

  @Override
  public CompletableFuture<Ordered> cancel(String runId, Actor by, String reason) {
    return given("cancel " + runId + " " + by.asText() + " " + reason, run(runId));
  }

  @Override
  public CompletableFuture<Ordered> pause(String runId, Actor by, String reason) {
    return given("pause " + runId + " " + by.asText() + " " + reason, run(runId));
  }

  @Override
  public CompletableFuture<Ordered> resume(String runId, Actor by) {
    return given("resume " + runId + " " + by.asText(), run(runId));
  }

  @Override
  public CompletableFuture<Ordered> answer(
      String runId, String stepId, boolean happened, Actor by, String reason) {
    return given(
        "answer " + runId + " " + stepId + " " + happened + " " + by.asText() + " " + reason,
        run(runId));
  }

  @Override
  public CompletableFuture<Ordered> retry(String runId, String stepId, Actor by, String reason) {
    String order = "retry " + runId + " " + stepId + " " + by.asText() + " " + reason;
    return given(order, run(runId));
  }

  @Override
  public CompletableFuture<Ordered> skip(String runId, String stepId, Actor by, String reason) {
    String order = "skip " + runId + " " + stepId + " " + by.asText() + " " + reason;
    return given(order, run(runId));
  }

  @Override
  public CompletableFuture<Ordered> signal(
      String runId, String name, @Nullable String key, Map<String, Object> body, Actor by) {
    return given("signal " + runId + " " + name + " " + by.asText(), run(runId));
  }

  @Override
  public CompletableFuture<Gate> decide(GateDesk.Word word) {
    String with = word.answers().isEmpty() ? "" : " " + new TreeMap<>(word.answers());
    return given(
        "%s %s %s %s%s %s%s"
            .formatted(
                word.approve() ? "approve" : "reject",
                word.gateId(),
                word.planHash(),
                word.person(),
                new TreeSet<>(word.teams()),
                word.reason(),
                with),
        gate(word.gateId()));
  }

  @Override
  public CompletableFuture<Incident> acknowledge(String incidentId, Actor by) {
    return given("acknowledge " + incidentId + " " + by.asText(), incident(incidentId));
  }

  @Override
  public CompletableFuture<Incident> resolve(String incidentId, Actor by, @Nullable String why) {
    return given("resolve " + incidentId + " " + by.asText() + " " + why, incident(incidentId));
  }

  @Override
  @SuppressWarnings("NullAway") // a future of nothing
  public CompletableFuture<Void> note(String incidentId, Actor by, String text) {
    return given("note " + incidentId + " " + by.asText() + " " + text, (Void) null);
  }

  @Override
  public CompletableFuture<Automation> automate(Automation next) {
    set(next);
    return database
        .ledger()
        .commit(
            tx -> {
              database.automation().set(tx, next);
              return next;
            })
        .thenCompose(set -> given("automate " + next.mode() + " " + next.reason(), set));
  }

  @Override
  public List<Automation> haltedParts() {
    return parts.stream().filter(part -> part.mode() != Automation.Mode.ON).toList();
  }

  private void set(Automation next) {
    if (next.scope().equals(HaltScope.ALL)) {
      automation = next;
    } else {
      parts.removeIf(part -> part.scope().equals(next.scope()));
      parts.add(next);
    }
  }

  @Override
  public Automation automation() {
    return automation;
  }
}
