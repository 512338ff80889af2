package dev.firebreak.store;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Tx;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes an old incident out of the database, piece by piece. The first piece takes the incident
 * itself and puts on the site's own journal that it was, and where its journal ended; only then do
 * the triggers let go of its entries.
 */
final class Removal {
  /** The journal of the site itself. */
  static final String SITE = "site";

  /** The kind of the entry that stands for a removed journal. */
  static final String KIND = "incident.removed";

  /** How many rows a piece takes: those who wait for the database wait no longer than for that. */
  private static final int ROWS = 100;

  /** The same of rows that may hold megabytes. */
  private static final int FILES = 10;

  private static final Actor HOUSEKEEPING = new Actor(Actor.Kind.SYSTEM, "housekeeping");

  private final Journal journal;

  Removal(Journal journal) {
    this.journal = journal;
  }

  /** Begins to remove an incident if it is still over, and removes a first piece. */
  boolean remove(Tx tx, String incident, Instant before, Instant now) {
    boolean begun = begin(tx, incident, before, now);
    return begun && (goOn(tx, incident) || begun);
  }

  private boolean begin(Tx tx, String incident, Instant before, Instant now) {
    RetentionSql sql = sql(tx);
    if (sql.stillOver(incident, before).isEmpty()) {
      return false;
    }
    JournalSql.Head head =
        StoreTx.sql(tx, JournalSql.class)
            .head(incident)
            .orElseGet(() -> new JournalSql.Head(incident, 0, JournalEntry.GENESIS));
    if (sql.bury(incident, head.sequence(), head.hash(), now) == 0) {
      return false;
    }
    journal.append(
        tx,
        new JournalEntry.Note(
            SITE,
            now,
            HOUSEKEEPING.asText(),
            KIND,
            null,
            null,
            incident + " was resolved before " + before + " and is removed",
            Map.of("incident", incident, "entries", head.sequence(), "hash", head.hash())));
    sql.begin(incident);
    sql.incident(incident);
    sql.head(incident);
    return true;
  }

  /** Removes one piece; false when nothing is left. */
  boolean goOn(Tx tx, String incident) {
    RetentionSql sql = sql(tx);
    int rows = 0;
    while (rows < ROWS) {
      int took = some(sql, incident);
      if (took == 0) {
        sql.tickets(incident);
        sql.done(incident);
        return false;
      }
      rows += took;
    }
    return true;
  }

  /** Removes rows of one kind; 0 when there are none of any kind. */
  private static int some(RetentionSql sql, String incident) {
    int took = took(sql.entries(incident, ROWS), some -> sql.entries(incident, some));
    took = took > 0 ? took : ofRun(sql, incident);
    took = took > 0 ? took : asked(sql, incident);
    return took > 0 ? took : around(sql, incident);
  }

  private static int ofRun(RetentionSql sql, String incident) {
    Optional<String> run = sql.run(incident);
    if (run.isEmpty()) {
      return 0;
    }
    String id = run.get();
    int took = took(sql.steps(id, ROWS), some -> sql.steps(id, some));
    took = took > 0 ? took : intents(sql, id);
    if (took == 0) {
      sql.signals(id);
      sql.mail(id);
      sql.waits(id);
      sql.halted(id);
      sql.rehearsed(id);
      sql.locks(id);
      sql.endOf(id);
    }
    return Math.max(took, 1);
  }

  private static int intents(RetentionSql sql, String run) {
    return took(
        sql.intents(run, ROWS),
        some -> {
          sql.intentTargets(some);
          sql.intents(some);
        });
  }

  private static int asked(RetentionSql sql, String incident) {
    int took =
        took(
            sql.gates(incident, ROWS),
            some -> {
              sql.votes(some);
              sql.gates(some);
            });
    return took > 0 ? took : took(sql.escalations(incident, ROWS), sql::escalations);
  }

  private static int around(RetentionSql sql, String incident) {
    int took =
        took(
            sql.artifacts(incident, FILES),
            some -> {
              sql.contents(some);
              sql.artifacts(some);
            });
    took = took > 0 ? took : took(sql.messages(incident, ROWS), sql::messages);
    return took > 0 ? took : alerts(sql, incident);
  }

  private static int alerts(RetentionSql sql, String incident) {
    sql.unheard(incident);
    sql.failedFixes(incident);
    sql.attention(incident);
    sql.reviews(incident);
    return took(
        sql.alerts(incident, ROWS),
        some -> {
          sql.links(incident, some);
          sql.handOver(incident, some);
          sql.groups(some);
          sql.alerts(some);
        });
  }

  private static <T> int took(List<T> some, Consumer<List<T>> remove) {
    if (!some.isEmpty()) {
      remove.accept(some);
    }
    return some.size();
  }

  private static RetentionSql sql(Tx tx) {
    return StoreTx.sql(tx, RetentionSql.class);
  }
}
