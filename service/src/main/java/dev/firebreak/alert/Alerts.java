package dev.firebreak.alert;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps alerts. Unique by source, fingerprint and start. Thread-safe. */
public interface Alerts {
  /** The alert with this identity. */
  Optional<StoredAlert> find(Tx tx, String source, String fingerprint, Instant startsAt);

  /** The firing alert of this source and fingerprint that started last, whatever its start. */
  Optional<StoredAlert> latest(Tx tx, String source, String fingerprint);

  /** Adds an alert that is not there yet. */
  void add(Tx tx, StoredAlert alert);

  /** Writes status, end, texts, incident, last seen and count of an alert that is there. */
  void update(Tx tx, StoredAlert alert);

  /** All alerts of an incident, oldest first. */
  List<StoredAlert> ofIncident(Tx tx, String incidentId);

  /** How many alerts of an incident are firing. */
  int firing(Tx tx, String incidentId);

  /**
   * The firing alerts that came with a group key of a source, for groups that are resolved whole.
   */
  List<StoredAlert> firingInGroup(Tx tx, String source, String groupKey);

  /** Remembers that an alert came in a sender's group. */
  void joinGroup(Tx tx, String alertId, String source, String groupKey);
}
