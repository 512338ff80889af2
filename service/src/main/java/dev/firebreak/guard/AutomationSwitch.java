package dev.firebreak.guard;

import dev.firebreak.core.Tx;
import java.util.List;

/** Keeps what the halt switch was set to. Thread-safe. */
public interface AutomationSwitch {
  /** What it is set to; {@link Automation.Mode#ON} before it was ever set. */
  Automation read(Tx tx);

  /** Sets it and keeps the setting in its history. */
  void set(Tx tx, Automation automation);

  /** All settings, newest first. */
  List<Automation> history(Tx tx, int limit);
}
