package dev.firebreak.simulation;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.AutomationSwitch;
import dev.firebreak.guard.HaltScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The halt switch's settings in memory, the newest in force. */
final class MemoryAutomation implements AutomationSwitch {
  private static final Automation NEVER_SET =
      new Automation(Automation.Mode.ON, "", "firebreak", Instant.EPOCH, null);

  private final MemoryStore store;

  MemoryAutomation(MemoryStore store) {
    this.store = store;
  }

  @Override
  public Automation read(Tx tx) {
    MemoryIntents.lineUp(store, tx);
    return history(tx, 1).stream().findFirst().orElse(NEVER_SET);
  }

  @Override
  public List<Automation> standing(Tx tx) {
    List<Automation> standing = new ArrayList<>(List.of(read(tx)));
    Set<HaltScope> seen = new HashSet<>();
    for (Automation part : historyOfParts(tx, Integer.MAX_VALUE)) {
      if (seen.add(part.scope()) && part.mode() != Automation.Mode.ON) {
        standing.add(1, part);
      }
    }
    return standing;
  }

  @Override
  public void set(Tx tx, Automation automation) {
    MemoryIntents.lineUp(store, tx);
    store.automation.insert(tx, store.nextPlace(), automation);
  }

  @Override
  public List<Automation> history(Tx tx, int limit) {
    return all(tx, false, limit);
  }

  @Override
  public List<Automation> historyOfParts(Tx tx, int limit) {
    return all(tx, true, limit);
  }

  private List<Automation> all(Tx tx, boolean parts, int limit) {
    return MemoryRuns.newest(store.automation, tx, null).stream()
        .filter(set -> parts != set.scope().equals(HaltScope.ALL))
        .limit(limit)
        .toList();
  }
}
