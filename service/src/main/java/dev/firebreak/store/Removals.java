package dev.firebreak.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.store.JournalAudit.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the journals that were removed with what the site's own journal, which is chained like
 * every other one, says of them. Used by one audit.
 */
final class Removals {
  private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};

  private final List<Fault> faults = new ArrayList<>();
  private final long removed;
  private long recorded;

  Removals(Ledger ledger) {
    removed = ledger.read(tx -> sql(tx).removed());
  }

  /** Whether a journal was removed: then there is no chain to walk. */
  static boolean covers(Tx tx, String incident) {
    return sql(tx).removed(incident).isPresent();
  }

  /** What stands where a journal was removed, unless its removal is not finished. */
  static Optional<Fault> standing(Tx tx, String incident) {
    return sql(tx).begun(incident).isEmpty() && !sql(tx).entries(incident, 1).isEmpty()
        ? Optional.of(new Fault(incident, 1, "entries stand where the journal was removed"))
        : Optional.empty();
  }

  /** Takes notice of an entry that is as it was written. */
  void read(Tx tx, JournalEntry entry) {
    if (!entry.incidentId().equals(Removal.SITE) || !entry.kind().equals(Removal.KIND)) {
      return;
    }
    recorded++;
    Map<String, Object> data = Json.read(entry.data(), DATA);
    String incident = String.valueOf(data.get("incident"));
    boolean same =
        sql(tx)
            .removed(incident)
            .filter(it -> it.hash().equals(data.get("hash")))
            .filter(it -> String.valueOf(it.entries()).equals(String.valueOf(data.get("entries"))))
            .isPresent();
    if (!same) {
      faults.add(
          new Fault(
              incident, 1, "the site's journal, entry " + entry.sequence() + ", says otherwise"));
    }
  }

  /** What is wrong once every entry was read. */
  List<Fault> faults() {
    if (removed > recorded) {
      faults.add(
          new Fault(
              Removal.SITE,
              recorded + 1,
              (removed - recorded) + " journals were removed without an entry that says so"));
    }
    return faults;
  }

  private static RetentionSql sql(Tx tx) {
    return StoreTx.sql(tx, RetentionSql.class);
  }
}
