package dev.firebreak.store;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Delivery;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Message;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Intent;
import dev.firebreak.run.Artifact;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Incidents as they would be had Firebreak run at the time. */
final class Past {
  private final Database database;
  private final Random random = new Random(5);
  private int lines = 12;
  private int evidence = 4_000;

  Past(Database database) {
    this.database = database;
  }

  /** How many lines the journal of each further incident has, and how large its evidence is. */
  Past with(int journalLines, int evidenceBytes) {
    lines = journalLines;
    evidence = evidenceBytes;
    return this;
  }

  /** What an incident left. */
  record Left(Incident incident, Run run, Artifact artifact, Delivery delivery, Intent intent) {}

  /** A resolved incident, in one transaction, with a row of everything. */
  Left resolved(Instant at) {
    return made(at, true);
  }

  /** One that is still open, its run live. */
  Left open(Instant at) {
    return made(at, false);
  }

  private Left made(Instant at, boolean over) {
    return begin(at, over).join();
  }

  /** Writes one and does not wait until it is durable. */
  CompletableFuture<Left> begin(Instant at, boolean over) {
    Ids ids = new Ids(() -> at);
    Delivery delivery = delivery(ids, at);
    Incident incident = incident(ids, at, over);
    Run run = run(ids, incident.id(), at, over);
    Artifact artifact = artifact(ids, run, at);
    Intent intent = intent(ids, run, at);
    Left left = new Left(incident, run, artifact, delivery, intent);
    return database
        .ledger()
        .commit(
            tx -> {
              write(tx, left, ids, at, over);
              return left;
            });
  }

  private void write(Tx tx, Left left, Ids ids, Instant at, boolean over) {
    database.deliveries().add(tx, left.delivery());
    database.incidents().add(tx, left.incident());
    database.alerts().add(tx, alert(ids, left, at, over));
    database.runs().add(tx, left.run(), "node-1");
    byte[] bytes = new byte[evidence];
    random.nextBytes(bytes);
    database.artifacts().add(tx, left.artifact(), bytes);
    database.intents().add(tx, left.intent());
    Message message = new Message("notice", ids.next("msg"), Map.of("text", "it is over"));
    database.outbox().add(tx, message, left.incident().id(), at);
    if (over) {
      database.outbox().delivered(tx, message.key(), "ok", at);
    }
    for (int i = 0; i < lines; i++) {
      database.journal().append(tx, line(left, at.plusSeconds(i), i));
    }
  }

  private static JournalEntry.Note line(Left left, Instant at, int number) {
    return new JournalEntry.Note(
        left.incident().id(),
        at,
        "system:firebreak",
        "step.succeeded",
        left.run().id(),
        "step-" + number,
        "step " + number + " of the diagnosis answered as it should, within its time",
        Map.of("attempt", 1, "output", "x".repeat(60)));
  }

  private Delivery delivery(Ids ids, Instant at) {
    byte[] body = new byte[1_500];
    random.nextBytes(body);
    return new Delivery(
        ids.next("dlv"), "prod", at, "application/json", body, List.of(), List.of(), null);
  }

  private static Incident incident(Ids ids, Instant at, boolean over) {
    String id = ids.next("inc");
    return new Incident(
        id,
        "redis/" + id,
        "Redis does not answer",
        "critical",
        "team-cache",
        over ? Incident.Status.RESOLVED : Incident.Status.OPEN,
        at,
        null,
        null,
        over ? "system:firebreak" : null,
        over ? at.plusSeconds(60) : null);
  }

  private static Run run(Ids ids, String incident, Instant at, boolean over) {
    Map<String, StepRun> steps = new LinkedHashMap<>();
    for (int i = 0; i < 6; i++) {
      StepState ended =
          new StepState.Ended(StepState.End.SUCCEEDED, at, new Reason("done", "it worked"));
      steps.put(
          "step-" + i,
          new StepRun(
              "step-" + i, StepRun.Phase.DIAGNOSE, ended, 1, at, at, Map.of("status", 200), null));
    }
    return new Run(
        ids.next("run"),
        incident,
        "redis-down",
        "a1b2",
        Map.of("labels", Map.of("alertname", "RedisDown", "instance", "cache-1")),
        Map.of("host", "cache-1"),
        "source:prod",
        at,
        over ? RunStatus.MITIGATED : RunStatus.WAITING,
        null,
        over ? at.plusSeconds(50) : null,
        Run.Control.NONE,
        1,
        steps);
  }

  private Artifact artifact(Ids ids, Run run, Instant at) {
    return new Artifact(
        ids.next("art"),
        run.incidentId(),
        run.id(),
        "step-1",
        "info.txt",
        "text/plain",
        evidence,
        "00ff",
        false,
        at);
  }

  private static Intent intent(Ids ids, Run run, Instant at) {
    return new Intent(
        ids.next("int"),
        run.id(),
        "restart",
        1,
        "redis-down",
        "command",
        List.of("redis/cache-1"),
        "cafe",
        null,
        at,
        "succeeded",
        at.plusSeconds(5));
  }

  private static StoredAlert alert(Ids ids, Left left, Instant at, boolean over) {
    Alert alert =
        new Alert(
            "prod",
            left.incident().id(),
            over ? Alert.Status.RESOLVED : Alert.Status.FIRING,
            at,
            over ? at.plusSeconds(40) : null,
            Map.of("alertname", "RedisDown", "instance", "cache-1"),
            Map.of("summary", "Redis does not answer"),
            "critical",
            "Redis does not answer",
            null);
    return new StoredAlert(
        ids.next("alr"), alert, left.incident().id(), left.delivery().id(), at, at, 1);
  }
}
