package dev.firebreak.intake;

import dev.firebreak.alert.Alert;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.Orders;
import dev.firebreak.run.Incident;
import dev.firebreak.run.RunListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Set<String> calmed = new LinkedHashSet<>();

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
    Optional<Incident> open = stores.incidents().openByKey(tx, match.key());
    return open.orElseGet(() -> open(match, alert));
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
    for (Map.Entry<Match, Incident> entry : incidents.entrySet()) {
      var runbook = entry.getKey().runbook();
      Incident incident = entry.getValue();
      Optional<String> live = stores.runs().live(tx, incident.id(), runbook.name());
      String run =
          orders.start(tx, incident, runbook, alert.asModel(), incoming.by(), incoming.at());
      runs.add(run);
      if (live.isPresent() && live.get().equals(run)) {
        reasons.put(runbook.name(), "joined " + run + ", which lives already");
      } else {
        anew = true;
      }
    }
    return new Started(anew, runs, reasons);
  }

  /** The live runs of an incident; none without an incident. */
  List<String> live(@Nullable String incidentId) {
    return incidentId == null ? List.of() : stores.runs().liveOf(tx, incidentId);
  }

  /** Remembers that an alert of an incident ended. */
  void calmed(@Nullable String incidentId) {
    if (incidentId != null) {
      calmed.add(incidentId);
    }
  }

  /** Tells the engine of every incident none of whose alerts fires any more. */
  void settle() {
    for (String incidentId : calmed) {
      if (stores.alerts().firing(tx, incidentId) == 0) {
        orders.alertsResolved(tx, incidentId, incoming.at());
      }
    }
  }
}
