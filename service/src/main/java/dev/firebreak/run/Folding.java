package dev.firebreak.run;

import dev.firebreak.run.StepState.Ended;
import dev.firebreak.runbook.Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the items that are over out of a run, and counts them where they belong. */
final class Folding {
  private static final String PROOF = "." + Address.VERIFY;
  private static final String UNDO = "." + Address.UNDO;
  private static final String LIST = "." + Address.LIST;

  private static final Comparator<StepRun> BY_END =
      Comparator.comparing(Folding::end).thenComparing(item -> Items.number(item.id()));

  private final Map<String, StepRun> steps;

  private Folding(Map<String, StepRun> steps) {
    this.steps = new LinkedHashMap<>(steps);
  }

  /** The same run, in which no item is kept of which nothing more can come. */
  static Run of(Run run) {
    List<StepRun> over = over(run.steps());
    if (over.isEmpty()) {
      return run;
    }
    Folding folding = new Folding(run.steps());
    over.forEach(folding::fold);
    return run.withSteps(folding.steps);
  }

  /** The same run as it was before it was written, item by item, and read back. */
  static Run restored(Run run) {
    Map<String, Integer> begun = new LinkedHashMap<>();
    for (StepRun step : run.steps().values()) {
      if (isItem(step)) {
        Address item = Address.of(step.id());
        begun.merge(item.whole(), item.item() + 1, Math::max);
      } else if (step.id().endsWith(LIST)) {
        begun.merge(Address.of(step.id()).whole(), 0, Math::max);
      }
    }
    if (begun.isEmpty()) {
      return run;
    }
    Folding counted = new Folding(run.steps());
    begun.forEach(counted::count);
    return of(run.withSteps(counted.steps));
  }

  private void count(String whole, int begun) {
    StepRun list = steps.get(whole + LIST);
    StepRun step = steps.get(whole);
    if (step != null && list != null && list.output().get("items") instanceof List<?> items) {
      steps.put(whole, step.with(Items.of(items.size(), begun)));
    }
  }

  private static boolean isItem(StepRun step) {
    return step.id().endsWith("]");
  }

  private static List<StepRun> over(Map<String, StepRun> steps) {
    List<StepRun> over = new ArrayList<>();
    for (StepRun step : steps.values()) {
      if (isItem(step)
          && step.ended()
          && ended(steps.get(step.id() + PROOF))
          && ended(steps.get(step.id() + UNDO))) {
        over.add(step);
      }
    }
    over.sort(BY_END);
    return over;
  }

  private static boolean ended(@Nullable StepRun step) {
    return step == null || step.ended();
  }

  private void fold(StepRun item) {
    StepRun proof = steps.remove(item.id() + PROOF);
    StepRun undo = steps.remove(item.id() + UNDO);
    steps.remove(item.id());
    StepRun whole = steps.get(Address.of(item.id()).whole());
    Items items = whole == null ? null : whole.items();
    if (whole != null && items != null) {
      steps.put(
          whole.id(), whole.with(undo == null ? items.over(item, proof) : items.undone(undo)));
    }
  }

  private static Instant end(StepRun item) {
    return item.state() instanceof Ended over ? over.at() : Instant.MAX;
  }
}
