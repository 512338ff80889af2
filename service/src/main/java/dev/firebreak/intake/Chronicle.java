package dev.firebreak.intake;

import dev.firebreak.alert.Parsed;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.core.Tx;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.RunListener;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts one delivery on the record of each incident it changes. A crowd of alerts is summed up, and
 * a repeat is told only when its count reaches a power of ten.
 */
final class Chronicle {
  private static final int MOST_LINES = 20;

  private final Tx tx;
  private final Journal journal;
  private final RunListener listener;
  private final Incoming incoming;
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  Chronicle(Tx tx, Journal journal, RunListener listener, Incoming incoming) {
    this.tx = tx;
    this.journal = journal;
    this.listener = listener;
    this.incoming = incoming;
  }

  void opened(Incident incident, String runbook) {
    received(incident.id());
    append(
        incident.id(),
        "incident.opened",
        "Opened for runbook " + runbook + ": " + incident.title(),
        Map.of("key", incident.key(), "runbook", runbook));
  }

  void firing(String incidentId, StoredAlert alert) {
    line(incidentId, "alert.firing", "Firing: " + alert.alert().summary(), alert);
  }

  void resolved(StoredAlert alert, String how) {
    String incidentId = alert.incidentId();
    if (incidentId != null) {
      resolved(incidentId, alert, how);
    }
  }

  void resolved(String incidentId, StoredAlert alert, String how) {
    line(incidentId, "alert.resolved", "Resolved" + how + ": " + alert.alert().summary(), alert);
  }

  /** Tells of a repeat, if its count is worth it. */
  void repeated(StoredAlert alert) {
    String incidentId = alert.incidentId();
    if (incidentId != null && powerOfTen(alert.deliveries())) {
      String text = "Said " + alert.deliveries() + " times: " + alert.alert().summary();
      line(incidentId, "alert.repeated", text, alert);
    }
  }

  /** Tells of a firing that came after its resolve, if its count is worth it. */
  void stale(StoredAlert alert) {
    String incidentId = alert.incidentId();
    if (incidentId != null && Long.bitCount(alert.deliveries()) == 1) {
      String text = "Said to fire after it was resolved, ignored: " + alert.alert().summary();
      line(incidentId, "alert.repeated", text, alert);
    }
  }

  /** Says how much was left out. */
  void close() {
    lines.forEach(
        (incidentId, count) -> {
          if (count > MOST_LINES) {
            append(
                incidentId,
                "alert.repeated",
                "And " + (count - MOST_LINES) + " more alerts of delivery " + incoming.id(),
                Map.of("delivery", incoming.id()));
          }
        });
  }

  private static boolean powerOfTen(long count) {
    long rest = count;
    while (rest % 10 == 0) {
      rest /= 10;
    }
    return rest == 1 && count > 1;
  }

  private void line(String incidentId, String kind, String text, StoredAlert alert) {
    received(incidentId);
    if (lines.merge(incidentId, 1, Integer::sum) <= MOST_LINES) {
      append(
          incidentId,
          kind,
          text,
          Map.of(
              "delivery",
              incoming.id(),
              "alert",
              alert.id(),
              "fingerprint",
              alert.alert().fingerprint(),
              "deliveries",
              alert.deliveries()));
    }
  }

  private void received(String incidentId) {
    if (lines.putIfAbsent(incidentId, 0) == null) {
      append(incidentId, "delivery.received", summary(), Map.of("delivery", incoming.id()));
    }
  }

  private String summary() {
    Parsed parsed = incoming.parsed();
    String replay = incoming.replayOf() == null ? "" : ", a replay of " + incoming.replayOf();
    String left =
        parsed.truncated() == 0
            ? ""
            : "; the sender left out " + parsed.truncated() + " more of the group";
    int count = parsed.items().size();
    return "Delivery from "
        + incoming.source()
        + replay
        + " with "
        + count
        + (count == 1 ? " alert" : " alerts")
        + left;
  }

  private void append(String incidentId, String kind, String text, Map<String, Object> data) {
    JournalEntry entry =
        journal.append(
            tx,
            new JournalEntry.Note(
                incidentId, incoming.at(), incoming.by().asText(), kind, null, null, text, data));
    tx.afterCommit(() -> listener.recorded(entry));
  }
}
