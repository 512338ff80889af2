package dev.firebreak.store;

import dev.firebreak.run.Items;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.runbook.Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The steps of a run as they are told of. The items of a list lie beside each other in the order of
 * ids: they are jumped over, and of a list that is not done with, the database counts them. Used by
 * one thread.
 */
final class Glance {
  private static final int PAGE = 50;

  /** Before the first item of a list, and after its last: {@code [} and what follows it. */
  private static final String FIRST = "[";

  private static final String LAST = "\\";

  private final StepSql sql;
  private final RunSql.Row run;
  private final List<StepRow> rows = new ArrayList<>();

  Glance(StepSql sql, RunSql.Row run) {
    this.sql = sql;
    this.run = run;
  }

  /** In the order of the runbook, items last. */
  Map<String, StepRun> steps() {
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      after = taken(sql.page(run.id(), after.get(), PAGE));
    }
    rows.sort(Comparator.comparingInt(StepRow::place));
    Map<String, StepRun> steps = new LinkedHashMap<>();
    rows.forEach(row -> steps.put(row.stepId(), row.toStep()));
    for (StepRow row : rows) {
      Address address = Address.of(row.stepId());
      if (address.part().equals(Address.LIST)) {
        list(address.whole(), row.toStep(), steps);
      }
    }
    return steps;
  }

  /** Takes what stands before the first item; returns where to read on, empty at the end. */
  private Optional<String> taken(List<StepRow> page) {
    for (StepRow row : page) {
      Address address = Address.of(row.stepId());
      if (address.ofItem()) {
        return Optional.of(address.whole() + LAST);
      }
      rows.add(row);
    }
    return page.size() < PAGE ? Optional.empty() : Optional.of(page.getLast().stepId());
  }

  private void list(String whole, StepRun list, Map<String, StepRun> steps) {
    StepRun step = steps.get(whole);
    boolean done = run.status().ended() && step != null && step.ended(StepState.End.SUCCEEDED);
    if (done || step == null || !(list.output().get("items") instanceof List<?> items)) {
      return;
    }
    StepSql.Count count = sql.count(run.id(), whole + FIRST, whole + LAST);
    int ok = count.ended() - count.failed();
    steps.put(whole, step.with(Items.told(items.size(), count.begun(), ok, count.failed())));
    sql.open(run.id(), whole + FIRST, whole + LAST)
        .forEach(row -> steps.put(row.stepId(), row.toStep()));
  }
}
