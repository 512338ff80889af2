package dev.firebreak.outbox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which messages are under way, so that none is carried twice at once and no kind takes more than
 * its share. Not thread-safe: the dispatcher's lock guards it.
 */
final class Flights {
  private final int perKind;
  private final Set<String> keys = new HashSet<>();
  private final Set<String> lanes = new HashSet<>();
  private final Map<String, Integer> carrying = new HashMap<>();
  private boolean heldBack;

  Flights(int perKind) {
    this.perKind = perKind;
  }

  /** Whether any message of this kind may take off. */
  boolean room(String kind) {
    return carrying.getOrDefault(kind, 0) < perKind;
  }

  /** Takes a message off, unless it is under way, its lane is taken, or its kind has its share. */
  boolean begin(Outbox.Entry entry, Courier courier) {
    String kind = entry.message().kind();
    if (keys.contains(entry.message().key())) {
      return false;
    }
    if (!room(kind) || (courier.oneAtATime() && !lanes.add(lane(entry)))) {
      heldBack = true;
      return false;
    }
    keys.add(entry.message().key());
    carrying.merge(kind, 1, Integer::sum);
    return true;
  }

  /** A new look is taken at what is due. */
  void look() {
    heldBack = false;
  }

  /** There may be more that is due than was seen, or could take off. */
  void holdBack() {
    heldBack = true;
  }

  /** Whether something waits since the last look for one to come back. */
  boolean heldBack() {
    return heldBack;
  }

  /** The courier is back; what became of the message is not committed yet. */
  void back(Outbox.Entry entry, Courier courier) {
    carrying.merge(entry.message().kind(), -1, Integer::sum);
    if (courier.oneAtATime()) {
      lanes.remove(lane(entry));
    }
  }

  /** What became of the message is committed. */
  void end(Outbox.Entry entry) {
    keys.remove(entry.message().key());
  }

  boolean none() {
    return keys.isEmpty();
  }

  private static String lane(Outbox.Entry entry) {
    return entry.message().kind() + ' ' + entry.incidentId();
  }
}
