package dev.firebreak.simulation;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.AutomationSwitch;
import dev.firebreak.guard.HaltScope;
import dev.firebreak.guard.HaltedChange;
import dev.firebreak.run.Incident;
import dev.firebreak.run.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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

  @Override
  public void stopped(Tx tx, HaltedChange change) {
    MemoryIntents.lineUp(store, tx);
    store.halted.put(tx, change.runId() + "/" + change.step(), change);
  }

  @Override
  public List<HaltedChange> stopped(Tx tx, int limit) {
    return store.halted.rows(tx).flatMap(change -> open(tx, change).stream()).limit(limit).toList();
  }

  private Optional<HaltedChange> open(Tx tx, HaltedChange change) {
    return store
        .runs
        .get(tx, change.runId())
        .filter(run -> run.control().cancelled() == null)
        .filter(
            run ->
                run.step(change.step()).state() instanceof StepState.Ended over
                    && HaltedChange.CODES.contains(over.why().code()))
        .filter(
            run ->
                store
                    .incidents
                    .get(tx, run.incidentId())
                    .filter(one -> one.status() != Incident.Status.RESOLVED)
                    .isPresent())
        .map(
            run ->
                new HaltedChange(
                    change.runId(),
                    change.step(),
                    change.incidentId(),
                    change.runbook(),
                    change.scope(),
                    change.why(),
                    change.at(),
                    !run.status().ended()));
  }

  @Override
  public boolean chosen(Tx tx, HaltedChange change, HaltedChange.Chosen chosen) {
    String key = change.runId() + "/" + change.step();
    boolean open =
        store
            .halted
            .get(tx, key)
            .filter(kept -> kept.at().equals(change.at()) && kept.why().equals(change.why()))
            .isPresent();
    if (open) {
      store.halted.remove(tx, key);
    }
    return open;
  }
}
