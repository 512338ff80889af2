package dev.firebreak.app;

import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunListener;
import java.util.List;

/** Several listeners as one. */
record Listeners(List<RunListener> all) implements RunListener {
  @Override
  public void recorded(JournalEntry entry) {
    all.forEach(listener -> listener.recorded(entry));
  }

  @Override
  public void changed(Run before, Run after) {
    all.forEach(listener -> listener.changed(before, after));
  }

  @Override
  public void changed(Incident incident) {
    all.forEach(listener -> listener.changed(incident));
  }
}
