package dev.firebreak.web;

import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.RungStep;
import dev.firebreak.runbook.Step;
import dev.firebreak.runbook.Undo;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the steps of a run are called in its runbook version. */
final class Legend {
  private final Map<String, Entry> entries = new HashMap<>();

  /**
   * What a step is called.
   *
   * @param needs the steps it waits for, as a text; empty for none
   */
  record Entry(String name, String action, String needs) {}

  /** The legend of a version; one that cannot be read any more gives the ids alone. */
  static Legend of(@Nullable Runbook runbook) {
    Legend legend = new Legend();
    if (runbook != null) {
      runbook.diagnose().forEach(legend::add);
      runbook.conclude().forEach(legend::add);
      runbook.remediate().forEach(legend::add);
      if (runbook.escalate() != null) {
        legend.put("escalate", "Call " + runbook.escalate().to(), "escalate");
      }
    }
    return legend;
  }

  Entry of(String stepId) {
    Entry entry = entries.get(Address.of(stepId).counted());
    return entry == null ? new Entry(stepId, "", "") : entry;
  }

  private void add(Step step) {
    entries.put(
        step.id(), new Entry(step.name(), step.call().action(), String.join(", ", step.needs())));
  }

  private void add(Rung rung) {
    put(rung.id(), rung.name(), rung.change().action());
    rung.steps().forEach(step -> add(rung, step));
    if (rung.verify() != null) {
      put(rung.verifyId(), "Verify", rung.verify().call().action());
    }
    Undo undo = rung.undo();
    if (undo != null) {
      put(rung.undoId(), "Undo", undo.call().action());
    }
  }

  private void add(Rung rung, RungStep step) {
    String id = step.in(rung);
    entries.put(
        id,
        new Entry(
            step.step().name(),
            step.step().call().action(),
            String.join(", ", step.step().needs())));
    if (step.foreach() != null) {
      put(id + "." + Address.LIST, "List", "");
    }
    if (step.verify() != null) {
      put(id + "." + Address.VERIFY, "Verify", step.verify().call().action());
    }
    if (step.undo() != null) {
      put(id + "." + Address.UNDO, "Undo", step.undo().call().action());
    }
  }

  private void put(String id, String name, String action) {
    entries.put(id, new Entry(name, action, ""));
  }
}
