package dev.firebreak.simulation;

import dev.firebreak.core.Tx;
import dev.firebreak.runbook.RunbookVersions;
import java.time.Instant;
import java.util.Optional;

/** Texts of runbooks in memory. */
final class MemoryVersions implements RunbookVersions {
  private final Table<String> versions;

  MemoryVersions(Table<String> versions) {
    this.versions = versions;
  }

  @Override
  public void keep(Tx tx, String version, String name, String source, Instant at) {
    boolean unused = versions.get(tx, version).isPresent() || versions.add(tx, version, source);
  }

  @Override
  public Optional<String> source(Tx tx, String version) {
    return versions.get(tx, version);
  }
}
