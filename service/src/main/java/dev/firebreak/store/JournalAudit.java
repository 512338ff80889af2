package dev.firebreak.store;

import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.store.JournalSql.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Walks the journal of every incident and names the first entry of each that was edited, removed,
 * moved or slipped in. A journal that housekeeping removed is answered for by the site's own. The
 * ends of the chains are kept apart, so a tail that was cut off shows too. Who can rewrite every
 * later entry and the end of the chain as well stays unseen: keep backups elsewhere. Safe while the
 * service runs.
 */
public final class JournalAudit {
  private static final int PAGE = 500;

  private final Ledger ledger;

  JournalAudit(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * The first fault in one incident's journal.
   *
   * @param sequence of the entry that is wrong or missing
   * @param what one sentence
   */
  public record Fault(String incidentId, long sequence, String what) {}

  /**
   * What an audit found.
   *
   * @param entries how many entries were read
   */
  public record Report(long incidents, long entries, List<Fault> faults) {}

  /** Reads everything; takes time with the size of the journal. */
  public Report run() {
    List<Fault> faults = new ArrayList<>();
    Removals removals = new Removals(ledger);
    long incidents = 0;
    long entries = 0;
    for (Optional<String> next = after(""); next.isPresent(); next = after(next.get())) {
      Walk walk = walk(next.get(), removals);
      incidents++;
      entries += walk.before.sequence();
      if (walk.fault != null) {
        faults.add(walk.fault);
      }
    }
    faults.addAll(removals.faults());
    return new Report(incidents, entries, List.copyOf(faults));
  }

  private Optional<String> after(String incidentId) {
    return ledger.read(
        tx ->
            Stream.of(sql(tx).nextWithEntries(incidentId), sql(tx).nextWithHead(incidentId))
                .flatMap(Optional::stream)
                .min(String::compareTo));
  }

  private Walk walk(String incidentId, Removals removals) {
    Walk walk = new Walk(new Head(incidentId, 0, JournalEntry.GENESIS), null, false);
    while (!walk.done) {
      Walk from = walk;
      walk = ledger.read(tx -> page(tx, from.before, removals));
    }
    return walk;
  }

  /** One page; at the end of the chain, what is kept of that end is of the same moment. */
  private static Walk page(Tx tx, Head from, Removals removals) {
    Head before = from;
    if (Removals.covers(tx, from.incidentId())) {
      return new Walk(before, Removals.standing(tx, from.incidentId()).orElse(null), true);
    }
    List<JournalEntry> entries = sql(tx).read(from.incidentId(), from.sequence(), PAGE);
    for (JournalEntry entry : entries) {
      Fault fault = check(before, entry);
      if (fault != null) {
        return new Walk(before, fault, true);
      }
      before = new Head(entry.incidentId(), entry.sequence(), entry.hash());
      removals.read(tx, entry);
    }
    return entries.size() == PAGE
        ? new Walk(before, null, false)
        : new Walk(before, checkEnd(before, sql(tx).head(from.incidentId())), true);
  }

  private static @Nullable Fault check(Head before, JournalEntry entry) {
    long expected = before.sequence() + 1;
    if (entry.sequence() != expected) {
      return new Fault(entry.incidentId(), expected, "entry " + expected + " is missing");
    }
    if (!entry.hash().equals(entry.hashAfter(before.hash()))) {
      return new Fault(
          entry.incidentId(),
          expected,
          "entry " + expected + " is not what was written after entry " + before.sequence());
    }
    return null;
  }

  private static @Nullable Fault checkEnd(Head before, Optional<Head> kept) {
    long last = before.sequence();
    if (kept.isEmpty()) {
      return new Fault(before.incidentId(), last, "the record of where the journal ends is gone");
    }
    Head end = kept.get();
    if (end.sequence() > last) {
      return new Fault(
          end.incidentId(),
          last + 1,
          "entries " + (last + 1) + " to " + end.sequence() + " were cut off");
    }
    return end.equals(before)
        ? null
        : new Fault(
            end.incidentId(),
            Math.min(last, end.sequence() + 1),
            "the journal goes on after entry " + end.sequence() + ", where it ended");
  }

  private static JournalSql sql(Tx tx) {
    return StoreTx.sql(tx, JournalSql.class);
  }

  /** How far a walk came. */
  private record Walk(Head before, @Nullable Fault fault, boolean done) {}
}
