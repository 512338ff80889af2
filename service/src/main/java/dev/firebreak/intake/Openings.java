package dev.firebreak.intake;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Alerts;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.Orders;
import dev.firebreak.run.Incident;
import dev.firebreak.run.RunListener;
import dev.firebreak.runbook.Runbook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The incidents and runs of one delivery, within its transaction. */
final class Openings {
  private final Tx tx;
  private final IntakeStores stores;
  private final Orders orders;
  private final RunListener listener;
  private final Ids ids;
  private final Incoming incoming;
  private final Chronicle chronicle;
  private final Map<String, Incident> byKey = new HashMap<>();
  private final Map<String, List<String>> live = new HashMap<>();
  private final Map<String, String> running = new HashMap<>();
  private final Map<String, StoredAlert> ended = new LinkedHashMap<>();

  Openings(
      Tx tx,
      IntakeStores stores,
      Orders orders,
      RunListener listener,
      Ids ids,
      Incoming incoming,
      Chronicle chronicle) {
    this.tx = tx;
    this.stores = stores;
    this.orders = orders;
    this.listener = listener;
    this.ids = ids;
    this.incoming = incoming;
    this.chronicle = chronicle;
  }

  /** What the runbooks that want an alert made of it. */
  record Started(boolean anew, List<String> runs, Map<String, String> reasons) {}

  /** The incident of a match: the open one with its key, or a new one. */
  Incident incident(Match match, Alert alert) {
    return byKey.computeIfAbsent(
        match.key(),
        key -> stores.incidents().openByKey(tx, key).orElseGet(() -> open(match, alert)));
  }

  private Incident open(Match match, Alert alert) {
    Incident incident =
        new Incident(
            ids.next("inc"),
            match.key(),
            alert.summary(),
            alert.severity(),
            match.runbook().owner(),
            Incident.Status.OPEN,
            incoming.at(),
            null,
            null,
            null,
            null);
    stores.incidents().add(tx, incident);
    chronicle.opened(incident, match.runbook().name());
    tx.afterCommit(() -> listener.changed(incident));
    return incident;
  }

  /** Starts the run of every match, or joins the one that lives. */
  Started start(Map<Match, Incident> incidents, Alert alert) {
    List<String> runs = new ArrayList<>();
    Map<String, String> reasons = new LinkedHashMap<>();
    boolean anew = false;
    if (!incidents.isEmpty()) {
      String incident = incidents.values().iterator().next().id();
      orders.alarmed(tx, incident, alert.labels(), incoming.at());
    }
    for (Map.Entry<Match, Incident> entry : incidents.entrySet()) {
      Runbook runbook = entry.getKey().runbook();
      String before = before(entry.getValue(), runbook);
      String run = run(entry.getValue(), runbook, alert);
      runs.add(run);
      if (run.equals(before)) {
        reasons.put(runbook.name(), "joined " + run + ", which lives already");
      } else {
        anew = true;
      }
    }
    return new Started(anew, runs, reasons);
  }

  private @Nullable String before(Incident incident, Runbook runbook) {
    String known = running.get(place(incident, runbook));
    return known == null
        ? stores.runs().live(tx, incident.id(), runbook.name()).orElse(null)
        : known;
  }

  /** The engine is asked once for each delivery, also of a run that lives: it may know better. */
  private String run(Incident incident, Runbook runbook, Alert alert) {
    return running.computeIfAbsent(
        place(incident, runbook),
        place -> {
          live.remove(incident.id());
          return orders.start(tx, incident, runbook, alert.asModel(), incoming.by(), incoming.at());
        });
  }

  private static String place(Incident incident, Runbook runbook) {
    return incident.id() + ' ' + runbook.name();
  }

  /** The live runs of an incident; none without an incident. */
  List<String> live(@Nullable String incidentId) {
    return incidentId == null
        ? List.of()
        : live.computeIfAbsent(incidentId, id -> stores.runs().liveOf(tx, id));
  }

  /** Remembers that an alert ended. */
  void ended(StoredAlert alert) {
    ended.put(alert.id(), alert);
  }

  /** Tells the engine of every incident none of whose alerts fires any more. */
  void settle() {
    if (ended.isEmpty()) {
      return;
    }
    Set<String> calmed = new LinkedHashSet<>();
    for (StoredAlert alert : ended.values()) {
      if (alert.incidentId() != null) {
        calmed.add(alert.incidentId());
      }
    }
    for (Alerts.Link link : stores.alerts().links(tx, ended.keySet())) {
      chronicle.resolved(link.incidentId(), Objects.requireNonNull(ended.get(link.alertId())), "");
      calmed.add(link.incidentId());
    }
    for (String incidentId : calmed) {
      if (stores.alerts().firing(tx, incidentId) == 0) {
        orders.alertsResolved(tx, incidentId, incoming.at());
      }
    }
  }
}
