package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.core.Masker;
import dev.firebreak.core.Tx;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.gate.Terms;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes that write to the same rows at the same moment. */
class TwoWritersIT {
  private final String name = Samples.id("db").toLowerCase(Locale.ROOT);
  private Database one;
  private Database two;

  @BeforeEach
  void ownDatabase() throws SQLException {
    execute("postgres", "CREATE DATABASE " + name);
    one = Opened.of(Databases.settings(name));
    two = Opened.of(Databases.settings(name));
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  private static void execute(String database, String sql) throws SQLException {
    try (Connection connection =
        Databases.server().getDatabase("postgres", database).getConnection()) {
      boolean unused = connection.createStatement().execute(sql);
    }
  }

  private static void all(List<? extends CompletableFuture<?>> works) {
    CompletableFuture.allOf(works.toArray(CompletableFuture[]::new))
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  private Gate gate() {
    return new Gate(
        Samples.id("gate"),
        "inc_1",
        "run_1",
        "restart",
        "Restart?",
        "asks",
        Map.of(),
        "cafe",
        List.of(List.of("team")),
        0,
        2,
        900_000,
        Contract.NOON,
        Contract.NOON.plusSeconds(900),
        Gate.Status.OPEN,
        null,
        null,
        List.of(),
        Terms.NONE);
  }

  private static Gate vote(Database node, Tx tx, String gate, String person) {
    return new GateDesk(node.gates(), "anyone", new Masker())
        .decide(
            tx,
            new GateDesk.Word(gate, "cafe", person, Set.of("team"), true, "looks right"),
            Contract.NOON);
  }

  @Test
  void twoPeopleApproveOnTwoNodesAtOnce_quorumIsReached() {
    List<Gate> gates = new ArrayList<>();
    List<CompletableFuture<Gate>> votes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Gate gate = gate();
      gates.add(gate);
      all(List.of(one.ledger().commit(tx -> add(tx, gate))));
      CountDownLatch second = new CountDownLatch(1);
      votes.add(one.ledger().commit(tx -> voteAndStay(tx, gate.id(), second)));
      votes.add(
          two.ledger()
              .commit(
                  tx -> {
                    second.countDown();
                    return vote(two, tx, gate.id(), "bo");
                  }));
    }
    all(votes);
    for (Gate gate : gates) {
      Gate now = one.ledger().read(tx -> one.gates().find(tx, gate.id())).orElseThrow();
      assertThat(now.status()).isEqualTo(Gate.Status.APPROVED);
    }
  }

  /** Ana's vote is not committed before the other node has looked for it. */
  private Gate voteAndStay(Tx tx, String gate, CountDownLatch second) {
    Gate voted = vote(one, tx, gate, "ana");
    try {
      boolean unused = second.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    return voted;
  }

  private boolean add(Tx tx, Gate gate) {
    one.gates().add(tx, gate);
    return true;
  }

  @Test
  void sameIncidentIsOpenedOnBothAtOnce_isOneIncident() {
    for (int i = 0; i < 100; i++) {
      String key = "redis/" + i;
      CompletableFuture<String> here = one.ledger().commit(tx -> open(one, tx, key));
      CompletableFuture<String> there = two.ledger().commit(tx -> open(two, tx, key));
      all(List.of(here, there));
      assertThat(here.join()).isEqualTo(there.join());
    }
  }

  private static String open(Database node, Tx tx, String key) {
    return node.incidents()
        .openByKey(tx, key)
        .map(Incident::id)
        .orElseGet(
            () -> {
              Incident incident = Samples.incident(key);
              node.incidents().add(tx, incident);
              return incident.id();
            });
  }

  /** Each holds what the other waits for: neither fails, and neither waits for the other's end. */
  @Test
  void groupsThatCross_allCommit() {
    List<CompletableFuture<?>> works = new ArrayList<>();
    long begun = System.nanoTime();
    for (int i = 0; i < 300; i++) {
      String forth = "inc_" + i % 10;
      String back = "inc_" + (9 - i % 10);
      works.add(one.ledger().commit(tx -> one.journal().append(tx, note(forth))));
      works.add(two.ledger().commit(tx -> two.journal().append(tx, note(back))));
    }
    all(works);
    System.out.printf(
        "600 works of two nodes that cross: %d ms%n",
        Duration.ofNanos(System.nanoTime() - begun).toMillis());
    assertThat(one.audit().run().faults()).isEmpty();
  }

  private static JournalEntry.Note note(String incident) {
    return new JournalEntry.Note(
        incident, Contract.NOON, "firebreak", "note.added", null, null, "n", Map.of());
  }

  @Test
  void alertJoinsWhileTheIncidentResolves_joinsAnOpenOne() {
    for (int i = 0; i < 50; i++) {
      Incident incident = Samples.incident("key-" + i);
      all(List.of(one.ledger().commit(tx -> added(tx, incident))));
      CompletableFuture<Boolean> joins =
          one.ledger().commit(tx -> joined(tx, incident)).toCompletableFuture();
      CompletableFuture<Boolean> resolves = two.ledger().commit(tx -> resolved(tx, incident));
      all(List.of(joins, resolves));
      assertThat(joins.join() && resolves.join()).as("both in round %d", i).isFalse();
    }
  }

  private boolean added(Tx tx, Incident incident) {
    one.incidents().add(tx, incident);
    return true;
  }

  /** As intake does: finds the open incident, then adds to it. */
  private boolean joined(Tx tx, Incident incident) {
    boolean open = one.incidents().openByKey(tx, incident.key()).isPresent();
    if (open) {
      Run run = Samples.run(incident.id());
      one.runs().add(tx, run, one.node());
    }
    return open;
  }

  /** As the engine does: resolves what has no live run. */
  private boolean resolved(Tx tx, Incident incident) {
    Incident found = two.incidents().find(tx, incident.id()).orElseThrow();
    boolean idle = two.runs().liveOf(tx, incident.id()).isEmpty();
    if (idle) {
      two.incidents().save(tx, found.resolved("firebreak", Contract.NOON));
    }
    return idle;
  }

  @Test
  void tablesOfAnotherVersion_nothingIsClaimed() throws SQLException {
    Run run = Samples.run(Samples.id("inc"));
    all(List.of(one.ledger().commit(tx -> joins(one, tx))));
    all(List.of(one.ledger().commit(tx -> joins(two, tx))));
    all(List.of(one.ledger().commit(tx -> added(tx, run))));
    execute(
        name,
        """
        INSERT INTO databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)
        VALUES ('9999-newer', 'firebreak', 'newer.sql', now(), 9999, 'EXECUTED')
        """);
    assertThat(taken(run)).isEmpty();
    execute(name, "DELETE FROM databasechangelog WHERE id = '9999-newer'");
    assertThat(taken(run)).hasSize(1);
  }

  private boolean joins(Database node, Tx tx) {
    return node.nodes().join(tx, node.node(), "here", Contract.NOON, Duration.ofMinutes(5));
  }

  private boolean added(Tx tx, Run run) {
    one.runs().add(tx, run, one.node());
    one.nodes().leave(tx, one.node());
    return true;
  }

  private List<Run> taken(Run run) {
    return two.ledger()
        .commit(tx -> two.runs().takeOver(tx, List.of(run.id()), one.node(), two.node()))
        .join();
  }

  @Test
  void runsOfANode_areFoundByAnIndexOfLiveRunsOnly() throws SQLException {
    String plan;
    try (Connection connection = Databases.server().getDatabase("postgres", name).getConnection();
        var statement = connection.createStatement()) {
      boolean unused = statement.execute("SET enable_seqscan = off");
      try (var rows =
          statement.executeQuery(
              "EXPLAIN SELECT id FROM run WHERE owner = 'x' AND live_key > ''")) {
        StringBuilder text = new StringBuilder();
        while (rows.next()) {
          text.append(rows.getString(1));
        }
        plan = text.toString();
      }
    }
    assertThat(plan).contains("run_by_owner");
  }
}
