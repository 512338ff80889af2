package dev.firebreak.simulation;

import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import dev.firebreak.alert.Delivery;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.Intent;
import dev.firebreak.guard.breaker.Breaker;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.runbook.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold after every event, computed apart from the engine: from what is committed and from
 * what the target and its callers saw.
 */
final class Laws {
  private final World world;
  private final Decisions decisions;
  private final Kin kin;
  private final BreakerLaws breakers;
  private final Set<Attempt> begun = new HashSet<>();
  private final Map<Attempt, Outcome> answers = new HashMap<>();
  private final Set<String> cancelled = new HashSet<>();
  private final Set<String> repeats = new HashSet<>();

  Laws(World world) {
    this.world = world;
    this.decisions = new Decisions(world, this);
    this.kin = new Kin(world, this);
    this.breakers = new BreakerLaws(world, this);
  }

  /** A change is about to be made. */
  void begins(Node node, Attempt attempt, Invocation invocation) {
    MemoryTx now = world.store().look();
    check(begun.add(attempt), "a change is begun twice: " + attempt);
    Optional<Intent> intent = decisions.of(now, attempt);
    check(intent.isPresent(), "a change without a committed intent: " + attempt);
    Run run = world.store().runs.get(now, attempt.run()).orElseThrow();
    check(!cancelled.contains(run.id()), "a cancelled run acts: " + attempt);
    check(!run.status().ended(), "a run that has ended acts: " + attempt);
    StepRun step = run.step(attempt.step());
    check(
        step.state() instanceof StepState.Running && step.attempt() == attempt.number(),
        "a change is begun that was given up: %s is %s".formatted(attempt, step.state()));
    check(
        world.store().owners.get(now, run.id()).equals(Optional.of(node.name())),
        "a node acts that does not own the run: " + attempt);
    if (intent.isPresent()) {
      for (String target : intent.get().targets()) {
        check(
            kin.mayChange(now, run, target),
            "%s acts without the lock on %s".formatted(attempt, target));
      }
    }
  }

  void answers(Attempt attempt, Outcome outcome) {
    answers.put(attempt, outcome);
  }

  /** What an attempt answered; empty when it did not. */
  Optional<Outcome> answer(Attempt attempt) {
    return Optional.ofNullable(answers.get(attempt));
  }

  boolean begun(Attempt attempt) {
    return begun.contains(attempt);
  }

  /** Somebody was told that this run is cancelled. */
  void cancelAnswered(String run) {
    cancelled.add(run);
  }

  /** A human wants a step tried again, whatever came of it before. */
  void mayRepeat(String run, String step) {
    repeats.add(run + '/' + step);
  }

  /** Whether a human wants it again, or the whole rung it belongs to. */
  boolean repeats(Attempt attempt) {
    String rung = Address.of(attempt.step()).top();
    return repeats.contains(attempt.run() + '/' + attempt.step())
        || repeats.contains(attempt.run() + '/' + rung);
  }

  void decides(MemoryTx tx, Intent intent) {
    decisions.made(tx, intent);
  }

  void committed(List<Transaction.Change> changes) {
    MemoryTx now = world.store().look();
    List<Delivery> receipts = new ArrayList<>();
    for (Transaction.Change change : changes) {
      switch (change.after()) {
        case Run run -> run(now, (Run) change.before(), run);
        case Intent intent when change.before() == null -> decisions.committed(now, intent);
        case Delivery delivery -> receipts.add(delivery);
        case MemoryMessages.Kept message -> world.letters().committed(message);
        case MemorySignals.Kept kept when change.before() != null ->
            kin.signal((MemorySignals.Kept) change.before(), kept);
        case Gate.Vote vote -> voted(now, change.key());
        case JournalEntry entry when change.table() == world.store().journal -> chained(now, entry);
        case Breaker breaker -> {
          world.trace(() -> "BREAKER " + breaker);
          breakers.changed(breaker);
        }
        case null, default -> {}
      }
    }
    breakers.committed(now);
    world.receipts().committed(receipts);
  }

  /** What enough people have said yes to does not go on asking. */
  private void voted(MemoryTx now, String key) {
    Gate gate = world.store().gates().find(now, key.substring(0, key.indexOf('/'))).orElseThrow();
    long yes = gate.votes().stream().filter(Gate.Vote::approve).count();
    check(
        gate.status() != Gate.Status.OPEN || yes < gate.quorum() && yes == gate.votes().size(),
        "a gate goes on asking though it was answered: " + gate.id());
  }

  private void chained(MemoryTx now, JournalEntry entry) {
    List<JournalEntry> before =
        world.store().journal().read(now, entry.incidentId(), entry.sequence() - 2, 1);
    String hash =
        entry.sequence() == 1 || before.isEmpty() ? JournalEntry.GENESIS : before.getFirst().hash();
    check(
        entry.hash().equals(entry.hashAfter(hash)),
        "the journal's chain is broken at %s/%d".formatted(entry.incidentId(), entry.sequence()));
  }

  private void run(MemoryTx now, @Nullable Run before, Run after) {
    world.trace(() -> Told.of(before, after));
    if (before != null) {
      check(after.epoch() >= before.epoch(), "an epoch shrinks: " + after.id());
      check(!before.status().ended(), "a run changes after its end: " + after.id());
      check(
          after.status() != RunStatus.QUEUED || before.status() == RunStatus.QUEUED,
          "a run is queued again: " + after.id());
      check(
          before.control().cancelled() == null || after.control().cancelled() != null,
          "a cancelled run is cancelled no more: " + after.id());
      before.steps().values().forEach(step -> step(now, step, after));
      breakers.changed(now, after);
      decisions.lines().changed(now, before, after);
    } else {
      kin.begins(now, after);
    }
    if (after.status().ended()) {
      ended(now, after);
    }
  }

  private void step(MemoryTx now, StepRun before, Run run) {
    StepRun after = run.step(before.id());
    if (!before.ended()
        && after.state() instanceof StepState.Ended ended
        && ended.end() == StepState.End.SUCCEEDED) {
      kin.succeeds(now, run, after);
    }
    check(
        !before.ended()
            || before.state().equals(after.state())
            || looksAgain(before, after)
            || repeats.stream().anyMatch(step -> step.startsWith(run.id())),
        "a step changes after its end: %s/%s".formatted(run.id(), before.id()));
    check(
        after.attempt() >= before.attempt(),
        "a step forgets attempts: %s/%s".formatted(run.id(), before.id()));
  }

  /** Evidence is gathered again, and none of its attempts forgotten. */
  private static boolean looksAgain(StepRun before, StepRun after) {
    return before.phase() == StepRun.Phase.DIAGNOSE && after.earlier() >= before.attempt();
  }

  BreakerLaws breakers() {
    return breakers;
  }

  /** Whether a run may change a target. */
  boolean mayChange(MemoryTx now, Run run, String target) {
    return kin.mayChange(now, run, target);
  }

  private void ended(MemoryTx now, Run run) {
    kin.ended(now, run);
    for (StepRun step : run.steps().values()) {
      check(
          step.ended()
              || step.state() instanceof StepState.Unknown && run.control().cancelled() != null,
          "a run ended while %s is %s".formatted(step.id(), step.state().status()));
    }
    check(
        !world.store().locks.all(now).containsValue(run.id()),
        "a run ended and holds a lock: " + run.id());
    world
        .store()
        .intents()
        .ofRun(now, run.id())
        .forEach(
            intent ->
                check(intent.outcome() != null, "a run ended, its intent did not: " + intent.id()));
    check(
        world.store().gates.rows(now).noneMatch(gate -> open(gate, run)),
        "a run ended, its gate did not: " + run.id());
    Objects.requireNonNull(run.endedAt());
  }

  private static boolean open(Gate gate, Run run) {
    return gate.runId().equals(run.id()) && gate.status() == Gate.Status.OPEN;
  }

  /** What must hold once nothing goes wrong any more and time has passed. */
  void atTheEnd() {
    MemoryTx now = world.store().look();
    world
        .store()
        .runs
        .rows(now)
        .forEach(run -> check(run.status().ended(), "no end: " + Told.of(null, run)));
    check(
        world.store().escalations.rows(now).allMatch(call -> call.endedAt() != null),
        "somebody is called for ever");
    decisions.compare(now, world.target().log());
    for (Node node : world.nodes()) {
      check(
          !node.serving() || node.engine().permitsInUse() == node.changes().get(),
          "%s: permits that do not come back: %d, and %d changes at work"
              .formatted(node.name(), node.engine().permitsInUse(), node.changes().get()));
    }
    if (world.parts().carriers()) {
      world.letters().atTheEnd(now);
    }
    world.receipts().atTheEnd(now);
    kin.atTheEnd(now, world.calmSince());
  }

  void check(boolean holds, String otherwise) {
    if (!holds) {
      world.broken(otherwise);
    }
  }
}
