package dev.firebreak.web;

import dev.firebreak.runbook.Call;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.Step;
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
    return entries.getOrDefault(stepId, new Entry(stepId, "", ""));
  }

  private void add(Step step) {
    entries.put(
        step.id(), new Entry(step.name(), step.call().action(), String.join(", ", step.needs())));
  }

  private void add(Rung rung) {
    put(rung.id(), rung.name(), rung.change().action());
    if (rung.verify() != null) {
      put(rung.verifyId(), "Verify", rung.verify().call().action());
    }
    Call undo = rung.undo();
    if (undo != null) {
      put(rung.undoId(), "Undo", undo.action());
    }
  }

  private void put(String id, String name, String action) {
    entries.put(id, new Entry(name, action, ""));
  }
}
