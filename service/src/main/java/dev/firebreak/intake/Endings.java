package dev.firebreak.intake;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Delivery.Outcome;
import dev.firebreak.alert.Delivery.Result;
import dev.firebreak.alert.Parsed;
import dev.firebreak.alert.StoredAlert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of an alert that is said to be over. */
record Endings(AlertBook book, Openings openings, Chronicle chronicle, Incoming incoming) {
  Outcome take(Parsed.Read read) {
    Alert alert = read.alert();
    Optional<StoredAlert> same = book.same(read);
    Optional<StoredAlert> firing = book.firing(alert).filter(other -> covers(alert, other));
    if (same.isPresent() && same.get().alert().status() == Alert.Status.FIRING) {
      StoredAlert stored = end(same.get(), alert, "");
      return outcome(read, Result.RESOLVED, stored.incidentId(), Map.of());
    }
    if (firing.isPresent()) {
      remember(read, same);
      return endedWithAnother(read, firing.get());
    }
    return same.map(old -> repeated(read, old)).orElseGet(() -> unheard(read));
  }

  /** Whoever ends at a time ends every firing of the same condition that began before it. */
  private static boolean covers(Alert ended, StoredAlert firing) {
    Instant until = ended.endsAt() == null ? ended.startsAt() : ended.endsAt();
    return !firing.alert().startsAt().isAfter(until);
  }

  private Outcome endedWithAnother(Parsed.Read read, StoredAlert firing) {
    Instant began = firing.alert().startsAt();
    StoredAlert stored = end(firing, read.alert(), "");
    return outcome(
        read,
        Result.RESOLVED,
        stored.incidentId(),
        Map.of("alert", "it ends the firing that is known, which began at " + began));
  }

  private StoredAlert end(StoredAlert firing, Alert said, String how) {
    Alert over = AlertBook.ended(AlertBook.started(said, firing.alert().startsAt()), said.endsAt());
    StoredAlert stored = book.said(firing, over, firing.incidentId());
    chronicle.resolved(stored, how);
    openings.ended(stored);
    return stored;
  }

  private Outcome repeated(Parsed.Read read, StoredAlert old) {
    StoredAlert stored = book.said(old, old.alert(), old.incidentId());
    chronicle.repeated(stored);
    return outcome(read, Result.DUPLICATE, stored.incidentId(), Map.of());
  }

  /** Kept, so that its firing starts nothing when it comes late. */
  private Outcome unheard(Parsed.Read read) {
    remember(read, Optional.empty());
    return outcome(
        read, Result.STALE, null, Map.of("alert", "nothing is known of it firing: only noted"));
  }

  private void remember(Parsed.Read read, Optional<StoredAlert> same) {
    if (same.isEmpty() && read.startKnown()) {
      StoredAlert unused = book.add(read, null);
    }
  }

  /** The same condition fires since a later time: the end of the earlier firing was lost. */
  void superseded(StoredAlert older, Instant since) {
    StoredAlert stored =
        book.said(older, AlertBook.ended(older.alert(), since), older.incidentId());
    chronicle.resolved(stored, " unheard, as it fires anew");
    openings.ended(stored);
  }

  /**
   * Ends the alerts of a group that is said to be over but is not told in full.
   *
   * @return how many
   */
  int ofGroup() {
    Parsed parsed = incoming.parsed();
    String key = parsed.groupKey();
    if (key == null || !parsed.groupResolved() || !partial(parsed)) {
      return 0;
    }
    Instant until = until(parsed);
    int count = 0;
    for (StoredAlert member : book.firingInGroup(key)) {
      if (!member.alert().startsAt().isAfter(until)) {
        Alert over = AlertBook.ended(member.alert(), null);
        StoredAlert stored = book.said(member, over, member.incidentId());
        chronicle.resolved(stored, " with its group");
        openings.ended(stored);
        count++;
      }
    }
    return count;
  }

  private static boolean partial(Parsed parsed) {
    return parsed.truncated() > 0
        || parsed.items().stream().anyMatch(Parsed.Faulty.class::isInstance);
  }

  /** When the group was over: what began later is not meant. */
  private Instant until(Parsed parsed) {
    Instant last = null;
    for (Parsed.Item item : parsed.items()) {
      Instant end = item instanceof Parsed.Read read ? read.alert().endsAt() : null;
      if (end != null && (last == null || end.isAfter(last))) {
        last = end;
      }
    }
    return last == null ? incoming.at() : last;
  }

  private Outcome outcome(
      Parsed.Read read, Result result, @Nullable String incidentId, Map<String, String> reasons) {
    List<String> runs = openings.live(incidentId);
    return new Outcome(
        read.index(), read.alert().fingerprint(), "resolved", result, incidentId, runs, reasons);
  }
}
