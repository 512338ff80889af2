package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.run.JournalEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an audit finds, whatever was done to the rows behind Firebreak's back. */
abstract class JournalAuditContract extends Contract {
  private final String incident = Samples.id("inc");
  private final String untouched = Samples.id("inc");

  @Override
  abstract Database database();

  /** A connection of somebody who may do anything. */
  abstract Connection connect() throws SQLException;

  /** Takes the trigger away, as an attacker would. */
  abstract String dropTrigger();

  @BeforeEach
  void fiveEntries() {
    for (String id : List.of(incident, untouched)) {
      for (int i = 1; i <= 5; i++) {
        String text = "entry " + i;
        write(
            tx ->
                database()
                    .journal()
                    .append(
                        tx,
                        new JournalEntry.Note(
                            id, NOON, "firebreak", "note.added", null, null, text, Map.of())));
      }
    }
  }

  private void tamper(String sql) throws SQLException {
    try (Connection connection = connect()) {
      connection.createStatement().execute(dropTrigger());
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setString(1, incident);
        assertThat(statement.executeUpdate()).isPositive();
      }
    }
  }

  private List<JournalAudit.Fault> faults() {
    return database().audit().run().faults().stream()
        .filter(it -> it.incidentId().equals(incident) || it.incidentId().equals(untouched))
        .toList();
  }

  private void expect(long sequence, String what) {
    assertThat(faults()).hasSize(1);
    JournalAudit.Fault fault = faults().getFirst();
    assertThat(fault.incidentId()).isEqualTo(incident);
    assertThat(fault.sequence()).isEqualTo(sequence);
    assertThat(fault.what()).contains(what);
  }

  @Test
  void journalAsWritten_hasNoFault() {
    JournalAudit.Report report = database().audit().run();
    assertThat(faults()).isEmpty();
    assertThat(report.incidents()).isGreaterThanOrEqualTo(2);
    assertThat(report.entries()).isGreaterThanOrEqualTo(10);
  }

  @Test
  void editedEntry_isNamed() throws SQLException {
    tamper("UPDATE journal_entry SET text = 'x' WHERE incident_id = ? AND sequence = 3");
    expect(3, "not what was written");
  }

  @Test
  void nullInsteadOfEmpty_isNamed() throws SQLException {
    tamper("UPDATE journal_entry SET run_id = '' WHERE incident_id = ? AND sequence = 1");
    expect(1, "not what was written");
  }

  @Test
  void removedEntry_isNamed() throws SQLException {
    tamper("DELETE FROM journal_entry WHERE incident_id = ? AND sequence = 2");
    expect(2, "missing");
  }

  @Test
  void swappedEntries_areNamed() throws SQLException {
    tamper(
        """
        UPDATE journal_entry SET sequence = CASE sequence WHEN 2 THEN -3 ELSE -2 END
        WHERE incident_id = ? AND sequence IN (2, 3)
        """);
    tamper("UPDATE journal_entry SET sequence = -sequence WHERE incident_id = ? AND sequence < 0");
    expect(2, "not what was written");
  }

  @Test
  void insertedEntry_isNamed() throws SQLException {
    tamper(
        """
        INSERT INTO journal_entry (incident_id, sequence, at, actor, kind, text, data, hash)
        SELECT incident_id, 6, at, actor, kind, text, data, hash FROM journal_entry
        WHERE incident_id = ? AND sequence = 5
        """);
    expect(6, "not what was written");
  }

  @Test
  void tailThatWasCutOff_isNamed() throws SQLException {
    tamper("DELETE FROM journal_entry WHERE incident_id = ? AND sequence >= 4");
    expect(4, "cut off");
  }

  @Test
  void journalThatIsGoneAsAWhole_isNamed() throws SQLException {
    tamper("DELETE FROM journal_entry WHERE incident_id = ?");
    expect(1, "cut off");
  }

  @Test
  void endThatIsGone_isNamed() throws SQLException {
    tamper("DELETE FROM journal_head WHERE incident_id = ?");
    expect(5, "where the journal ends");
  }

  @Test
  void endThatWasMovedBack_isNamed() throws SQLException {
    tamper("UPDATE journal_head SET sequence = 3 WHERE incident_id = ?");
    expect(4, "goes on after entry 3");
  }

  /** Runs in whatever order: the trigger may be gone already, so it is made anew. */
  @Test
  void updateAndDelete_areRefusedByTheDatabase() throws SQLException {
    try (Connection connection = connect()) {
      connection.createStatement().execute(dropTrigger());
      for (Changelog.Change change : Changelog.changes(dialect())) {
        if (change.id().startsWith("0001-journal-append-only")) {
          connection.createStatement().execute(trigger(change));
        }
      }
      for (String sql :
          List.of("UPDATE journal_entry SET text = 'x'", "DELETE FROM journal_entry")) {
        assertThatThrownBy(() -> connection.createStatement().execute(sql))
            .hasStackTraceContaining("append-only");
      }
    }
  }

  abstract Dialect dialect();

  private static String trigger(Changelog.Change change) {
    return change.sql().substring(change.sql().indexOf("CREATE TRIGGER"));
  }
}
