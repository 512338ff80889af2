package dev.firebreak.guard.freeze;

import java.util.ArrayList;
import java.util.List;

/**
 * The freezes of all calendar files of the configuration. They are read again when they change; a
 * bad file never replaces what was in force. Thread-safe.
 */
public final class FreezeCalendars {
  private final List<FreezeCalendar> calendars;
  private List<String> known = List.of();
  private volatile List<Freeze> current = List.of();

  /** Calendars that were not read yet. */
  public FreezeCalendars(List<FreezeCalendar> calendars) {
    this.calendars = List.copyOf(calendars);
  }

  /** The freezes in force. */
  public List<Freeze> current() {
    return current;
  }

  /**
   * Looks whether a file changed, and takes them over together if all are fine.
   *
   * @return whether there is something new in force
   * @throws IllegalArgumentException naming file and line, once for each change
   */
  public synchronized boolean reload() {
    List<String> texts = calendars.stream().map(FreezeCalendar::text).toList();
    if (texts.equals(known)) {
      return false;
    }
    known = texts;
    List<Freeze> freezes = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      freezes.addAll(calendars.get(i).freezes(texts.get(i)));
    }
    current = List.copyOf(freezes);
    return true;
  }
}
