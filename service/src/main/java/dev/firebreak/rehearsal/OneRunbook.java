package dev.firebreak.rehearsal;

import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Runbooks;
import java.util.List;
import java.util.Optional;

/** The runbook that is rehearsed, and no other. */
record OneRunbook(Runbook runbook) implements Runbooks {
  @Override
  public List<Runbook> current() {
    return List.of(runbook);
  }

  @Override
  public Optional<Runbook> current(String name) {
    return runbook.name().equals(name) ? Optional.of(runbook) : Optional.empty();
  }

  @Override
  public Runbook version(String version) {
    if (!runbook.version().equals(version)) {
      throw new IllegalStateException("a rehearsal knows one version only");
    }
    return runbook;
  }
}
