package dev.firebreak.guard;

import dev.firebreak.core.Tx;
import java.util.List;

/** Keeps what the halt switch was set to, and what it stopped. Thread-safe. */
public interface AutomationSwitch {
  /** What it is set to for everything; {@link Automation.Mode#ON} before it was ever set. */
  Automation read(Tx tx);

  /**
   * The same, and after it what it is set to for parts, oldest first: those that are not on, also
   * when their end has come. One statement.
   */
  List<Automation> standing(Tx tx);

  /** Sets it for a scope, and keeps the setting in the history of that. */
  void set(Tx tx, Automation automation);

  /** All settings for everything, newest first. */
  List<Automation> history(Tx tx, int limit);

  /** All settings for parts, newest first. */
  List<Automation> historyOfParts(Tx tx, int limit);

  /** Keeps a change that it stopped; one that it stopped before is open again. */
  void stopped(Tx tx, HaltedChange change);

  /**
   * What it stopped and nobody has chosen for since, oldest first: of incidents that are not
   * resolved and runs that are not cancelled, and only while the change has not gone on by itself.
   */
  List<HaltedChange> stopped(Tx tx, int limit);

  /**
   * Keeps what people chose for a change as they saw it: one that was refused again since stays
   * open.
   *
   * @return whether it was open, as it was seen
   */
  boolean chosen(Tx tx, HaltedChange change, HaltedChange.Chosen chosen);
}
