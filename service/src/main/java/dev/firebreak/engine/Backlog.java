package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.AutomationSwitch;
import dev.firebreak.guard.HaltScope;
import dev.firebreak.guard.HaltedChange;
import dev.firebreak.guard.HaltedChange.Choice;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Incidents;
import dev.firebreak.run.Run;
import dev.firebreak.run.Runs;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Runbooks;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * What piled up while automation was halted: the runs whose changes were refused or stopped, by
 * what was halted, until people choose what becomes of them. Nothing goes on by itself.
 * Thread-safe.
 */
public final class Backlog {
  /** As many changes are looked at. */
  private static final int MOST = 500;

  private final Parts parts;
  private final Orders orders;
  private final Summons summons;
  private final InstantSource clock;

  /** Where it looks. */
  public record Parts(
      Ledger ledger,
      AutomationSwitch automation,
      Runs runs,
      Incidents incidents,
      Runbooks runbooks) {}

  /** Calls somebody to an incident. Thread-safe. */
  @FunctionalInterface
  public interface Summons {
    /** Completes when the call is durable; fails when there is nobody of that name. */
    CompletableFuture<?> call(String incidentId, String who, String reason, Actor by);
  }

  /**
   * A backlog whose choices are followed by these.
   *
   * @param summons calls people who go on by hand
   */
  public Backlog(Parts parts, Orders orders, Summons summons, InstantSource clock) {
    this.parts = parts;
    this.orders = orders;
    this.summons = summons;
    this.clock = clock;
  }

  /**
   * What piled up for one scope.
   *
   * @param off whether it is still switched off: nothing of it can go on
   * @param changes oldest first; of a ladder all that were refused
   */
  public record Heap(HaltScope scope, boolean off, List<HaltedChange> changes) {
    /** The first change of each run. */
    public List<HaltedChange> runs() {
      Map<String, HaltedChange> first = new LinkedHashMap<>();
      changes.forEach(change -> first.putIfAbsent(change.runId(), change));
      return List.copyOf(first.values());
    }

    /** How many of its runs have not ended. */
    public int live() {
      return (int) runs().stream().filter(HaltedChange::live).count();
    }
  }

  /**
   * What people choose for all of a scope.
   *
   * @param runs how many there are, as they saw it: if there are more now, nothing is done
   * @param to whom to call; empty for the owner of each incident
   * @param reason goes on the record
   */
  public record Wish(HaltScope scope, Choice choice, int runs, String to, String reason) {}

  /**
   * What came of a choice.
   *
   * @param followed for so many runs
   * @param left the others, by their run: why; they are kept
   */
  public record Done(int followed, Map<String, String> left) {}

  /** All that piled up. */
  public List<Heap> heaps() {
    return parts.ledger().read(this::heaps);
  }

  /** The same within a transaction. */
  public List<Heap> heaps(Tx tx) {
    return parts.automation().stopped(tx, MOST).stream()
        .collect(
            Collectors.groupingBy(HaltedChange::scope, LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(heap -> new Heap(heap.getKey(), off(heap.getKey()), heap.getValue()))
        .toList();
  }

  private boolean off(HaltScope scope) {
    return orders.automation().mode() == Automation.Mode.OFF
        || orders.haltedParts().stream()
            .anyMatch(part -> part.scope().equals(scope) && part.mode() == Automation.Mode.OFF);
  }

  /**
   * Follows a choice, run by run.
   *
   * @return fails with {@link OrderRefused} when there is not what was seen, or it is still off
   */
  public CompletableFuture<Done> choose(Wish wish, Actor by) {
    Heap heap =
        heaps().stream()
            .filter(one -> one.scope().equals(wish.scope()))
            .findFirst()
            .orElse(new Heap(wish.scope(), false, List.of()));
    List<HaltedChange> runs = heap.runs();
    if (runs.size() != wish.runs() || runs.isEmpty()) {
      return refused(
          "of %s %d runs wait for a choice, not %d: look again"
              .formatted(wish.scope().inWords(), runs.size(), wish.runs()));
    }
    if (heap.off() && wish.choice() == Choice.GO_ON) {
      return refused(
          "%s is still switched off: switch it on first, or cancel or hand over what piled up"
              .formatted(wish.scope().inWords()));
    }
    Map<String, String> left = new LinkedHashMap<>();
    CompletableFuture<?> all = CompletableFuture.completedFuture(true);
    for (HaltedChange change : runs) {
      all = all.thenCompose(before -> one(heap, change, wish, by, left));
    }
    return all.thenApply(done -> new Done(runs.size() - left.size(), left));
  }

  private static CompletableFuture<Done> refused(String why) {
    return CompletableFuture.failedFuture(new OrderRefused(OrderRefused.Kind.CONFLICT, why));
  }

  private CompletableFuture<?> one(
      Heap heap, HaltedChange change, Wish wish, Actor by, Map<String, String> left) {
    return follow(change, wish, by)
        .thenCompose(cameOf -> keep(heap, change, wish, by, cameOf))
        .handle(
            (done, fault) -> {
              if (fault != null) {
                Throwable cause = fault.getCause();
                left.put(
                    change.runId(), String.valueOf((cause == null ? fault : cause).getMessage()));
              }
              return true;
            });
  }

  private CompletableFuture<String> follow(HaltedChange change, Wish wish, Actor by) {
    return switch (wish.choice()) {
      case GO_ON -> change.live() ? retry(change, wish, by) : anew(change, by);
      case CANCEL ->
          change.live()
              ? orders.cancel(change.runId(), by, wish.reason()).thenApply(done -> "cancelled")
              : CompletableFuture.completedFuture("had ended; left as it is");
      case HAND_OVER -> {
        String who = wish.to().isEmpty() ? owner(change) : wish.to();
        yield summons
            .call(change.incidentId(), who, wish.reason(), by)
            .thenApply(done -> "called " + who);
      }
    };
  }

  /** The step, or if that cannot be done by itself, its rung. */
  private CompletableFuture<String> retry(HaltedChange change, Wish wish, Actor by) {
    String rung = Address.of(change.step()).top();
    return orders
        .retry(change.runId(), change.step(), by, wish.reason())
        .exceptionallyCompose(
            fault ->
                rung.equals(change.step())
                    ? CompletableFuture.failedFuture(fault)
                    : orders.retry(change.runId(), rung, by, wish.reason()))
        .thenApply(done -> "tried again");
  }

  private CompletableFuture<String> anew(HaltedChange change, Actor by) {
    return parts
        .ledger()
        .commit(
            tx -> {
              Run run = parts.runs().find(tx, change.runId()).orElseThrow();
              run.parent()
                  .ifPresent(
                      parent -> {
                        throw new OrderRefused(
                            OrderRefused.Kind.CONFLICT,
                            "it was begun by run " + parent.run() + ": try that again");
                      });
              Incident incident = parts.incidents().find(tx, change.incidentId()).orElseThrow();
              return "begun anew as "
                  + orders.start(tx, incident, current(change), run.alert(), by, clock.instant());
            });
  }

  private Runbook current(HaltedChange change) {
    return parts
        .runbooks()
        .current(change.runbook())
        .orElseThrow(
            () ->
                new OrderRefused(
                    OrderRefused.Kind.CONFLICT,
                    "there is no runbook " + change.runbook() + " any more"));
  }

  private String owner(HaltedChange change) {
    return parts
        .ledger()
        .read(tx -> parts.incidents().find(tx, change.incidentId()))
        .map(Incident::owner)
        .orElse("");
  }

  private CompletableFuture<Boolean> keep(
      Heap heap, HaltedChange first, Wish wish, Actor by, String cameOf) {
    List<HaltedChange> all = new ArrayList<>(heap.changes());
    all.removeIf(change -> !change.runId().equals(first.runId()));
    HaltedChange.Chosen chosen =
        new HaltedChange.Chosen(wish.choice(), by.asText(), clock.instant(), wish.reason(), cameOf);
    return parts
        .ledger()
        .commit(
            tx -> {
              all.forEach(
                  change -> {
                    boolean unused = parts.automation().chosen(tx, change, chosen);
                  });
              return true;
            });
  }
}
