package dev.firebreak.app.demo;

import dev.firebreak.app.demo.Screen.Sign;
import dev.firebreak.run.JournalEntry;
import java.util.function.Consumer;

/** Tells a human what was put on record, line by line; leaves out what only machines need. */
final class Teller implements Consumer<JournalEntry> {
  private final Screen screen;

  Teller(Screen screen) {
    this.screen = screen;
  }

  @Override
  public void accept(JournalEntry entry) {
    screen.line(Sign.PLAIN, entry.kind() + " | " + entry.stepId() + " | " + entry.text() + " | " + entry.data());
  }
}
