package dev.firebreak.intake;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Delivery.Outcome;
import dev.firebreak.alert.Delivery.Result;
import dev.firebreak.alert.Parsed;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.run.Incident;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What becomes of an alert that is said to fire. */
record Firings(AlertBook book, Openings openings, Endings endings, Chronicle chronicle) {
  Outcome take(Parsed.Read read, Matches matches) {
    Alert alert = read.alert();
    Optional<StoredAlert> same = book.same(read);
    if (same.isPresent()) {
      return same.get().alert().status() == Alert.Status.RESOLVED
          ? stale(read, same.get())
          : again(read, same.get(), matches);
    }
    Optional<StoredAlert> firing = book.firing(alert);
    if (firing.isPresent() && firing.get().alert().startsAt().isAfter(alert.startsAt())) {
      return again(read, firing.get(), matches);
    }
    firing.ifPresent(older -> endings.superseded(older, alert.startsAt()));
    return first(read, matches);
  }

  private Outcome first(Parsed.Read read, Matches matches) {
    Map<Match, Incident> incidents = incidents(read.alert(), matches);
    StoredAlert stored = book.add(read, primary(incidents));
    return attach(read, stored, incidents, matches);
  }

  private Map<Match, Incident> incidents(Alert alert, Matches matches) {
    Map<Match, Incident> incidents = new LinkedHashMap<>();
    for (Match match : matches.wanted()) {
      incidents.put(match, openings.incident(match, alert));
    }
    return incidents;
  }

  private static List<String> ids(Map<Match, Incident> incidents) {
    return incidents.values().stream().map(Incident::id).distinct().toList();
  }

  private static @org.jspecify.annotations.Nullable String primary(Map<Match, Incident> incidents) {
    return incidents.isEmpty() ? null : incidents.values().iterator().next().id();
  }

  private Outcome attach(
      Parsed.Read read, StoredAlert stored, Map<Match, Incident> incidents, Matches matches) {
    for (String incidentId : ids(incidents)) {
      chronicle.firing(incidentId, stored);
      if (!incidentId.equals(stored.incidentId())) {
        book.link(stored, incidentId);
      }
    }
    Openings.Started started = openings.start(incidents, stored.alert());
    Result result =
        started.anew() ? Result.STARTED : incidents.isEmpty() ? Result.UNMATCHED : Result.JOINED;
    Map<String, String> reasons = new LinkedHashMap<>(matches.reasons());
    reasons.putAll(started.reasons());
    return outcome(read, result, stored, started.runs(), reasons);
  }

  /** A repeat starts nothing; unless no runbook wanted the alert before, and one does today. */
  private Outcome again(Parsed.Read read, StoredAlert old, Matches matches) {
    Alert said = AlertBook.started(read.alert(), old.alert().startsAt());
    if (old.incidentId() == null && !matches.wanted().isEmpty()) {
      Map<Match, Incident> incidents = incidents(said, matches);
      return attach(read, book.said(old, said, primary(incidents)), incidents, matches);
    }
    StoredAlert stored = book.said(old, said, old.incidentId());
    chronicle.repeated(stored);
    Map<String, String> reasons = stored.incidentId() == null ? matches.reasons() : Map.of();
    return outcome(read, Result.DUPLICATE, stored, openings.live(stored.incidentId()), reasons);
  }

  private Outcome stale(Parsed.Read read, StoredAlert old) {
    StoredAlert stored = book.said(old, old.alert(), old.incidentId());
    chronicle.stale(stored);
    return outcome(
        read,
        Result.STALE,
        stored,
        List.of(),
        Map.of("alert", "this firing was resolved already: a late or repeated message"));
  }

  private static Outcome outcome(
      Parsed.Read read,
      Result result,
      StoredAlert stored,
      List<String> runs,
      Map<String, String> reasons) {
    return new Outcome(
        read.index(),
        read.alert().fingerprint(),
        "firing",
        result,
        stored.incidentId(),
        runs,
        reasons);
  }
}
