package dev.firebreak.web;

import dev.firebreak.run.Items;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.runbook.Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a page says of steps that go over a list, and of their items. */
final class ListWords {
  private static final int LONGEST = 80;

  private ListWords() {}

  /** The item a step is about, as a text; empty when it is about none. */
  static String item(Run run, String stepId) {
    Address address = Address.of(stepId);
    StepRun list = address.ofItem() ? run.steps().get(address.whole() + "." + Address.LIST) : null;
    return list != null
            && list.output().get("items") instanceof List<?> items
            && address.item() < items.size()
        ? Excerpt.line(String.valueOf(items.get(address.item())), LONGEST)
        : "";
  }

  /** A step's name, with the item it is about. */
  static String name(String name, Run run, String stepId) {
    String item = item(run, stepId);
    return item.isEmpty() ? name : name + ": " + item;
  }

  /** How far a step has come with its list; empty when it goes over none, or is over. */
  static String progress(Run run, StepRun step) {
    Items items = step.items();
    if (items == null || step.ended()) {
      return "";
    }
    List<StepRun> live = run.itemsOf(step.id());
    long over = items.begun() - live.stream().filter(item -> !item.ended()).count();
    long failed = items.failed() + live.stream().filter(ListWords::failed).count();
    long unknown = live.stream().filter(item -> item.state() instanceof StepState.Unknown).count();
    return "%d of %d items have begun: %d worked, %d failed%s"
        .formatted(
            items.begun(),
            items.total(),
            over - failed,
            failed,
            unknown == 0
                ? ""
                : ", " + unknown + " unknown, and nothing more begins until you answer");
  }

  private static boolean failed(StepRun item) {
    return item.ended() && !item.ended(StepState.End.SUCCEEDED);
  }

  /** The same steps, each list and item right after the step that goes over it. */
  static List<StepRun> inOrder(Collection<StepRun> steps) {
    Map<String, Integer> places = new HashMap<>();
    steps.forEach(step -> places.putIfAbsent(step.id(), places.size()));
    List<StepRun> sorted = new ArrayList<>(steps);
    sorted.sort(Comparator.comparingInt(step -> place(step, places)));
    return sorted;
  }

  private static int place(StepRun step, Map<String, Integer> places) {
    Address address = Address.of(step.id());
    boolean follows = address.ofItem() || address.part().equals(Address.LIST);
    String at = follows ? address.whole() : step.id();
    return places.getOrDefault(at, places.size());
  }

  /** Whether a step is a part of the one shown above it. */
  static boolean below(StepRun step) {
    Address address = Address.of(step.id());
    return address.ofItem() || !address.part().isEmpty();
  }
}
