package dev.firebreak.runbook;

import java.util.List;
import java.util.Optional;

/** The runbooks in force, swapped as a whole when the files change. Thread-safe. */
public interface Runbooks {
  /** All current versions, by name. */
  List<Runbook> current();

  /** The current version of one runbook. */
  Optional<Runbook> current(String name);

  /**
   * Any version a run was started with, current or not.
   *
   * @throws IllegalStateException when that version was never kept or no longer parses
   */
  Runbook version(String version);
}
