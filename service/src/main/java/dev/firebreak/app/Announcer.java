package dev.firebreak.app;

import dev.firebreak.cluster.Bulletin;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.RunListener;

/** Tells the pages that other nodes show of what was committed here. */
record Announcer(Bulletin bulletin) implements RunListener {
  @Override
  public void recorded(JournalEntry entry) {
    bulletin.tell(new Bulletin.Word(Bulletin.Kind.INCIDENT, entry.incidentId()));
  }
}
