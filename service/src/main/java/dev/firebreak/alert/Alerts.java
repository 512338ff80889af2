package dev.firebreak.alert;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps alerts. Unique by source, fingerprint and start. Thread-safe. */
public interface Alerts {
  /** The alert with this identity. */
  Optional<StoredAlert> find(Tx tx, String source, String fingerprint, Instant startsAt);

  /** The firing alert of this source and fingerprint that started last, whatever its start. */
  Optional<StoredAlert> latest(Tx tx, String source, String fingerprint);

  /** How many times this source and fingerprint began to fire after {@code since}. */
  int firings(Tx tx, String source, String fingerprint, Instant since);

  /** Adds an alert that is not there yet. */
  void add(Tx tx, StoredAlert alert);

  /** Writes status, end, texts, incident, last seen and count of an alert that is there. */
  void update(Tx tx, StoredAlert alert);

  /** All alerts of an incident, also those linked to it, oldest first. */
  List<StoredAlert> ofIncident(Tx tx, String incidentId);

  /**
   * The alerts of an incident, also those linked to it, that were heard of first after a moment;
   * newest first.
   */
  List<StoredAlert> since(Tx tx, String incidentId, Instant after, int limit);

  /** How many alerts of an incident, also of those linked to it, are firing. */
  int firing(Tx tx, String incidentId);

  /**
   * The firing alerts that came with a group key of a source, for groups that are resolved whole.
   */
  List<StoredAlert> firingInGroup(Tx tx, String source, String groupKey);

  /** Remembers that an alert came in a sender's group. */
  void joinGroup(Tx tx, String alertId, String source, String groupKey);

  /**
   * What is known of some fingerprints of a source, in one look: every alert that fires, and every
   * one that began within a span.
   *
   * @param from the first start, inclusive
   * @param to the last start, inclusive
   */
  List<StoredAlert> known(
      Tx tx, String source, Collection<String> fingerprints, Instant from, Instant to);

  /** Adds many, as {@link #add}. */
  void addAll(Tx tx, Collection<StoredAlert> alerts);

  /** Writes many, as {@link #update}. */
  void updateAll(Tx tx, Collection<StoredAlert> alerts);

  /** Remembers that many alerts came in a sender's group, as {@link #joinGroup}. */
  void joinGroup(Tx tx, Collection<String> alertIds, String source, String groupKey);

  /** Remembers that an alert belongs to one more incident than its first. */
  void link(Tx tx, Link link);

  /** The further incidents of some alerts. */
  List<Link> links(Tx tx, Collection<String> alertIds);

  /** That an alert belongs to an incident besides its first. */
  record Link(String alertId, String incidentId) {}
}
