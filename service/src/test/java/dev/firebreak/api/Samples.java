package dev.firebreak.api;

import dev.firebreak.core.Ids;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.Terms;
import dev.firebreak.run.Artifact;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.run.WaitFor;
import dev.firebreak.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts things into a database for the resources to find. */
final class Samples {
  static final Instant AT = Instant.parse("2026-11-22T12:00:00.123456Z");
  static final String HASH = "ab".repeat(32);

  private final Database database;
  private final Ids ids;

  Samples(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  <T> T commit(Function<Tx, T> work) {
    return database.ledger().commit(work).join();
  }

  Incident incident(String key) {
    Incident incident =
        new Incident(
            ids.next("inc"),
            key,
            "Redis does not answer",
            "critical",
            "team-cache",
            Incident.Status.OPEN,
            AT,
            null,
            null,
            null,
            null);
    return commit(
        tx -> {
          database.incidents().add(tx, incident);
          return incident;
        });
  }

  Run run(String incident) {
    return commit(tx -> run(tx, incident, "redis-down"));
  }

  Run run(Tx tx, String incident, String runbook) {
    Map<String, StepRun> steps = new LinkedHashMap<>();
    step(steps, "ping", StepRun.Phase.DIAGNOSE, ended(), Map.of("ok", false));
    step(steps, "info", StepRun.Phase.DIAGNOSE, new StepState.Pending(), Map.of());
    step(steps, "restart", StepRun.Phase.CHANGE, waiting(), Map.of());
    step(
        steps,
        "restart.verify",
        StepRun.Phase.VERIFY,
        new StepState.Running(AT, AT.plus(Duration.ofMinutes(1)), null),
        Map.of());
    step(
        steps,
        "failover",
        StepRun.Phase.CHANGE,
        new StepState.Unknown("int_1", AT, new Reason("interrupted", "the node died")),
        Map.of());
    Run run =
        new Run(
            ids.next("run"),
            incident,
            runbook,
            HASH,
            Map.of("labels", Map.of("instance", "cache-1")),
            Map.of("host", "cache-1"),
            "source:prod",
            AT,
            RunStatus.WAITING,
            new Reason("gate", "asks team-cache"),
            null,
            Run.Control.NONE,
            1,
            steps);
    database.runs().add(tx, run, "node");
    return run;
  }

  private static void step(
      Map<String, StepRun> steps,
      String id,
      StepRun.Phase phase,
      StepState state,
      Map<String, Object> output) {
    @Nullable Instant begun = state instanceof StepState.Pending ? null : AT;
    steps.put(id, new StepRun(id, phase, state, begun == null ? 0 : 1, begun, output));
  }

  private static StepState ended() {
    return new StepState.Ended(StepState.End.FAILED, AT, new Reason("refused", "no connection"));
  }

  private static StepState waiting() {
    return new StepState.Waiting(
        WaitFor.GATE, AT, AT.plus(Duration.ofMinutes(15)), "gate_1", new Reason("limit", "asks"));
  }

  Gate gate(String incident, String run) {
    Gate gate =
        new Gate(
            ids.next("gate"),
            incident,
            run,
            "restart",
            "May Firebreak do 'restart' to redis/cache-1?",
            "its limit is 2",
            Map.of("targets", List.of("redis/cache-1")),
            HASH,
            List.of(List.of("team-cache"), List.of("boss")),
            0,
            1,
            900_000,
            AT,
            AT.plus(Duration.ofMinutes(15)),
            Gate.Status.OPEN,
            null,
            null,
            List.of(),
            Terms.NONE);
    return commit(
        tx -> {
          database.gates().add(tx, gate);
          return gate;
        });
  }

  Artifact artifact(String incident, String run, String name, String type, byte[] bytes) {
    Artifact artifact =
        new Artifact(
            ids.next("art"), incident, run, "info", name, type, bytes.length, HASH, false, AT);
    return commit(
        tx -> {
          database.artifacts().add(tx, artifact, bytes);
          return artifact;
        });
  }

  JournalEntry entry(String incident, String kind, String text) {
    return commit(
        tx ->
            database
                .journal()
                .append(
                    tx,
                    new JournalEntry.Note(
                        incident, AT, "source:prod", kind, null, null, text, Map.of("n", 1))));
  }
}
