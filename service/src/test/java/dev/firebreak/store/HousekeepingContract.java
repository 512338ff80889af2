package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.run.JournalEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is old goes, with a trace; what is live, unresolved or counted stays. */
abstract class HousekeepingContract extends Contract {
  private static final Instant NOW = NOON;
  private static final Instant OLD = NOW.minus(Duration.ofDays(401));
  private static final Duration SHORT = Duration.ofHours(1);

  private Past past;

  @Override
  abstract Database database();

  @BeforeEach
  void empty() {
    past = new Past(database());
  }

  /** A connection of somebody who may do anything. */
  abstract Connection connect() throws SQLException;

  private Housekeeping.Swept sweep(Duration longestWindow) {
    RetentionSettings settings = RetentionSettings.of("400d", null, "90d", null, null);
    return new Housekeeping(database(), settings, () -> longestWindow).sweep(NOW);
  }

  private boolean isThere(Past.Left left) {
    return find(tx -> database().incidents().find(tx, left.incident().id())).isPresent();
  }

  /** In how many tables something of an incident stands. */
  private Set<String> tablesThatKnow(Past.Left left) throws SQLException {
    Set<String> tables = new TreeSet<>();
    for (String[] where :
        new String[][] {
          {"incident", "id", left.incident().id()},
          {"run", "incident_id", left.incident().id()},
          {"run_step", "run_id", left.run().id()},
          {"journal_entry", "incident_id", left.incident().id()},
          {"journal_head", "incident_id", left.incident().id()},
          {"artifact", "incident_id", left.incident().id()},
          {"artifact_content", "artifact_id", left.artifact().id()},
          {"intent", "run_id", left.run().id()},
          {"intent_target", "run_id", left.run().id()},
          {"alert", "incident_id", left.incident().id()},
          {"message", "incident_id", left.incident().id()},
          {"delivery", "id", left.delivery().id()},
        }) {
      try (Connection connection = connect();
          PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT COUNT(*) FROM " + where[0] + " WHERE " + where[1] + " = ?")) {
        statement.setString(1, where[2]);
        try (ResultSet rows = statement.executeQuery()) {
          if (rows.next() && rows.getInt(1) > 0) {
            tables.add(where[0]);
          }
        }
      }
    }
    return tables;
  }

  @Test
  void oldIncident_goesWithEverything_andTheAuditKnowsWhy() throws SQLException {
    Past.Left old = past.resolved(OLD);
    Past.Left young = past.resolved(NOW.minus(Duration.ofDays(10)));
    assertThat(tablesThatKnow(old)).hasSize(12);
    assertThat(sweep(SHORT).incidents()).isPositive();
    assertThat(tablesThatKnow(old)).isEmpty();
    assertThat(tablesThatKnow(young)).hasSize(12);
    assertThat(database().audit().run().faults()).isEmpty();
    JournalEntry trace =
        list(tx -> database().journal().read(tx, Removal.SITE, 0, 100_000)).getLast();
    assertThat(trace.kind()).isEqualTo("incident.removed");
    assertThat(trace.data()).contains(old.incident().id());
  }

  @Test
  void largeIncident_goesInSmallPieces() throws SQLException {
    Past.Left old = past.with(1_000, 10).resolved(OLD);
    sweep(SHORT);
    assertThat(tablesThatKnow(old)).isEmpty();
  }

  @Test
  void whatIsOpen_live_orFiring_stays() throws SQLException {
    Past.Left open = past.open(OLD);
    sweep(SHORT);
    assertThat(tablesThatKnow(open)).hasSize(12);
  }

  @Test
  void whatALimitStillCounts_stays() {
    Past.Left old = past.resolved(OLD);
    sweep(Duration.ofDays(500));
    assertThat(isThere(old)).isTrue();
    sweep(SHORT);
    assertThat(isThere(old)).isFalse();
  }

  @Test
  void messageThatWaits_keepsItsIncident() {
    Past.Left old = past.resolved(OLD);
    write(
        tx ->
            database()
                .outbox()
                .add(
                    tx,
                    new dev.firebreak.core.Message("notice", Samples.id("msg"), java.util.Map.of()),
                    old.incident().id(),
                    OLD));
    sweep(SHORT);
    assertThat(isThere(old)).isTrue();
  }

  @Test
  void bytesOfEvidence_goEarlier_theirHashStays() throws SQLException {
    Past.Left left = past.resolved(NOW.minus(Duration.ofDays(91)));
    assertThat(sweep(SHORT).artifacts()).isPositive();
    assertThat(tablesThatKnow(left)).contains("artifact").doesNotContain("artifact_content");
    assertThat(find(tx -> database().artifacts().find(tx, left.artifact().id())))
        .contains(left.artifact());
  }

  @Test
  void incidentsThatAreTooMany_go_butNotWhatIsCounted() {
    Past.Left older = past.resolved(NOW.minus(Duration.ofDays(30)));
    past.with(1, 10);
    for (int i = 0; i < 100; i++) {
      past.resolved(NOW.minus(Duration.ofDays(20)).plusSeconds(i));
    }
    RetentionSettings settings = RetentionSettings.of("400d", 100L, "90d", null, null);
    new Housekeeping(database(), settings, () -> Duration.ofDays(31)).sweep(NOW);
    assertThat(isThere(older)).isTrue();
    new Housekeeping(database(), settings, () -> SHORT).sweep(NOW);
    assertThat(isThere(older)).isFalse();
    assertThat(database().audit().run().faults()).isEmpty();
  }

  @Test
  void removalThatWasCutShort_isFinishedByTheNextSweep() throws SQLException {
    Past.Left old = past.with(500, 10).resolved(OLD);
    Removal removal = new Removal(database().journal());
    assertThat(says(tx -> removal.remove(tx, old.incident().id(), NOW, NOW))).isTrue();
    assertThat(tablesThatKnow(old)).contains("journal_entry");
    assertThat(database().audit().run().faults()).isEmpty();
    sweep(SHORT);
    assertThat(tablesThatKnow(old)).doesNotContain("journal_entry", "run", "alert");
  }

  @Test
  void journalRemovedBehindOurBack_isFound() throws SQLException {
    Past.Left victim = past.resolved(NOW.minus(Duration.ofDays(5)));
    Past.Left other = past.resolved(NOW.minus(Duration.ofDays(5)));
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      String id = victim.incident().id();
      statement.execute(
          "INSERT INTO removed_incident (incident_id, entries, hash, removed_at) VALUES ('"
              + id
              + "', 12, 'ff', CURRENT_TIMESTAMP)");
      statement.execute("DELETE FROM journal_entry WHERE incident_id = '" + id + "'");
      statement.execute("DELETE FROM journal_head WHERE incident_id = '" + id + "'");
      assertThat(database().audit().run().faults())
          .anySatisfy(fault -> assertThat(fault.what()).contains("without an entry that says so"));
      statement.execute("DELETE FROM removed_incident WHERE incident_id = '" + id + "'");
      for (String change :
          new String[] {"DELETE FROM journal_entry", "UPDATE journal_entry SET at = at"}) {
        assertThatThrownBy(() -> statement.execute(change)).hasStackTraceContaining("append-only");
      }
      assertThat(tablesThatKnow(other)).contains("journal_entry");
    }
  }
}
