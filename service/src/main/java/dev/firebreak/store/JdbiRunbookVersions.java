package dev.firebreak.store;

import dev.firebreak.core.Tx;
import dev.firebreak.runbook.RunbookVersions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Runbook versions in a table; what is known to be there is not written again. */
final class JdbiRunbookVersions implements RunbookVersions {
  private static final int REMEMBERED = 10_000;

  private final Set<String> known = ConcurrentHashMap.newKeySet();

  @Override
  public void keep(Tx tx, String version, String name, String source, Instant at) {
    if (known.contains(version)) {
      return;
    }
    StoreTx.sql(tx, RunbookVersionSql.class).insert(version, name, source, at);
    tx.afterCommit(() -> remember(version));
  }

  private void remember(String version) {
    if (known.size() >= REMEMBERED) {
      known.clear();
    }
    known.add(version);
  }

  @Override
  public Optional<String> source(Tx tx, String version) {
    return StoreTx.sql(tx, RunbookVersionSql.class).source(version);
  }
}
