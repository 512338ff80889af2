package dev.firebreak.simulation;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.AutomationSwitch;
import java.time.Instant;
import java.util.List;

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
  public void set(Tx tx, Automation automation) {
    MemoryIntents.lineUp(store, tx);
    store.automation.insert(tx, store.nextPlace(), automation);
  }

  @Override
  public List<Automation> history(Tx tx, int limit) {
    return MemoryRuns.newest(store.automation, tx, null).stream().limit(limit).toList();
  }
}
