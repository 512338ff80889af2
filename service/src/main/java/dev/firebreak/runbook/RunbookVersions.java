package dev.firebreak.runbook;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.Optional;

/** Keeps the text of every version a run was started with. Thread-safe. */
public interface RunbookVersions {
  /** Keeps a version; the same version again is no error. */
  void keep(Tx tx, String version, String name, String source, Instant at);

  /** The text of a version. */
  Optional<String> source(Tx tx, String version);
}
