package dev.firebreak.intake;

import dev.firebreak.alert.Parsed;
import java.util.ArrayList;
import java.util.List;

/** What concerns a whole delivery, for its receipt. */
final class Notes {
  private Notes() {}

  static List<String> of(Parsed parsed, int endedWithGroup) {
    List<String> notes = new ArrayList<>();
    if (parsed.truncated() > 0) {
      notes.add(
          "truncated: the sender left out "
              + parsed.truncated()
              + " alerts of the group; raise its max_alerts to see them");
    }
    if (endedWithGroup > 0) {
      notes.add(
          "the group is resolved: "
              + endedWithGroup
              + " earlier alerts that the body leaves out were resolved with it");
    }
    long faulty = parsed.items().stream().filter(Parsed.Faulty.class::isInstance).count();
    if (faulty > 0) {
      notes.add(
          "quarantined: " + faulty + " of " + parsed.items().size() + " alerts could not be read");
    }
    return notes;
  }
}
