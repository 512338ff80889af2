package dev.firebreak.api;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Tx;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes down what it is told, and answers with what is stored. */
final class RecordingOrders implements Orders {
  final List<String> given = new CopyOnWriteArrayList<>();
  private final List<Automation> parts = new CopyOnWriteArrayList<>();
  private final Database database;
  private final Samples samples;
  volatile @Nullable RuntimeException next;
  volatile boolean stored;
  volatile Automation automation =
      new Automation(Automation.Mode.ON, "first start", "system:firebreak", Samples.AT, null);

  RecordingOrders(Database database, Samples samples) {
    this.database = database;
    this.samples = samples;
  }

  private <T> CompletableFuture<T> answer(String order, Function<Tx, T> result) {
    given.add(order);
    RuntimeException fault = next;
    next = null;
    return fault == null ? database.ledger().commit(result) : CompletableFuture.failedFuture(fault);
  }

  private CompletableFuture<Ordered> run(String order, String id) {
    return answer(order, tx -> new Ordered(database.runs().find(tx, id).orElseThrow(), stored));
  }

  private CompletableFuture<Gate> gate(String order, String id) {
    return answer(order, tx -> database.gates().find(tx, id).orElseThrow());
  }

  @Override
  public String start(
      Tx tx, Incident incident, Runbook runbook, Map<String, Object> alert, Actor by, Instant now) {
    given.add("start " + runbook.name() + " " + alert.get("labels") + " by " + by.asText());
    return database
        .runs()
        .live(tx, incident.id(), runbook.name())
        .orElseGet(() -> samples.run(tx, incident.id(), runbook.name()).id());
  }

  @Override
  public void alertsResolved(Tx tx, String incidentId, Instant now) {
    throw new UnsupportedOperationException("not by way of the API");
  }

  @Override
  public CompletableFuture<Ordered> cancel(String runId, Actor by, String reason) {
    return run("cancel " + runId + " by " + by.asText() + ": " + reason, runId);
  }

  @Override
  public CompletableFuture<Ordered> pause(String runId, Actor by, String reason) {
    return run("pause " + runId + " by " + by.asText() + ": " + reason, runId);
  }

  @Override
  public CompletableFuture<Ordered> resume(String runId, Actor by) {
    return run("resume " + runId + " by " + by.asText(), runId);
  }

  @Override
  public CompletableFuture<Ordered> answer(
      String runId, String stepId, boolean happened, Actor by, String reason) {
    return run(
        "answer %s %s %s by %s: %s".formatted(runId, stepId, happened, by.asText(), reason), runId);
  }

  @Override
  public CompletableFuture<Ordered> retry(String runId, String stepId, Actor by, String reason) {
    return run("retry %s %s by %s: %s".formatted(runId, stepId, by.asText(), reason), runId);
  }

  @Override
  public CompletableFuture<Ordered> skip(String runId, String stepId, Actor by, String reason) {
    return run("skip %s %s by %s: %s".formatted(runId, stepId, by.asText(), reason), runId);
  }

  @Override
  public CompletableFuture<Ordered> signal(
      String runId, String name, @Nullable String key, Map<String, Object> body, Actor by) {
    return run(
        "signal %s %s key %s %s by %s".formatted(runId, name, key, body, by.asText()), runId);
  }

  @Override
  public CompletableFuture<Gate> decide(GateDesk.Word word) {
    String what = word.approve() ? "approve" : "reject";
    String with = word.answers().isEmpty() ? "" : " " + new TreeMap<>(word.answers());
    return gate(
        vote(what, word.gateId(), word.planHash(), word.person(), word.teams(), word.reason())
            + with,
        word.gateId());
  }

  private static String vote(
      String word, String gate, String hash, String person, Set<String> teams, String reason) {
    return "%s %s %s by %s of %s: %s"
        .formatted(word, gate, hash, person, new TreeSet<>(teams), reason);
  }

  @Override
  public CompletableFuture<Incident> acknowledge(String incidentId, Actor by) {
    return answer(
        "acknowledge " + incidentId + " by " + by.asText(),
        tx -> database.incidents().find(tx, incidentId).orElseThrow());
  }

  @Override
  public CompletableFuture<Incident> resolve(String incidentId, Actor by, @Nullable String reason) {
    return answer(
        "resolve " + incidentId + " by " + by.asText() + ": " + reason,
        tx -> database.incidents().find(tx, incidentId).orElseThrow());
  }

  @Override
  public CompletableFuture<Void> note(String incidentId, Actor by, String text) {
    return answer("note " + incidentId + " by " + by.asText() + ": " + text, tx -> true)
        .thenApply(done -> null);
  }

  @Override
  public CompletableFuture<Automation> automate(Automation next) {
    return answer("automate " + next.mode(), tx -> next)
        .thenApply(
            set -> {
              set(set);
              return set;
            });
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
