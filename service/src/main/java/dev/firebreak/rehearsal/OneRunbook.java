package dev.firebreak.rehearsal;

import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookCase;
import dev.firebreak.runbook.Runbooks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The runbook that is rehearsed, and stand-ins for those it calls. */
record OneRunbook(Runbook runbook, Map<String, Runbook> called) implements Runbooks {
  static OneRunbook of(Runbook runbook, Map<String, List<RunbookCase.Stub>> stubs) {
    return new OneRunbook(runbook, StandIns.of(runbook, stubs));
  }

  @Override
  public List<Runbook> current() {
    return List.of(runbook);
  }

  @Override
  public Optional<Runbook> current(String name) {
    return runbook.name().equals(name)
        ? Optional.of(runbook)
        : Optional.ofNullable(called.get(name));
  }

  @Override
  public Runbook version(String version) {
    return Stream.concat(Stream.of(runbook), called.values().stream())
        .filter(known -> known.version().equals(version))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("a rehearsal knows no version '" + version + "'"));
  }
}
