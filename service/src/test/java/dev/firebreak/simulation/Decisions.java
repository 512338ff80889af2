package dev.firebreak.simulation;

import dev.firebreak.action.Outcome;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.Approvers;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.Counted;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Intent;
import dev.firebreak.run.Items;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.Approve;
import dev.firebreak.runbook.Limit;
import dev.firebreak.runbook.Rung;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Judges every intent anew, in the transaction that would commit it and by true time. */
final class Decisions {
  private static final String PAUSED = "a paused run decides on a change";

  private final World world;
  private final Laws laws;
  private final LineLaws lines;
  private final Map<String, List<String>> faults = new HashMap<>();

  Decisions(World world, Laws laws) {
    this.world = world;
    this.laws = laws;
    this.lines = new LineLaws(world, laws);
  }

  LineLaws lines() {
    return lines;
  }

  /** One decision with all that speaks for and against it. */
  private record Case(
      MemoryTx tx, Intent intent, @Nullable Run run, Rung rung, boolean undo, @Nullable Gate gate) {
    boolean asks() {
      Approve approve = rung.approve();
      Limit limit = rung.limit();
      return gate != null && approve != null && limit != null && limit.over() == Limit.Over.ASK;
    }
  }

  /** The committed decision for an attempt. */
  Optional<Intent> of(MemoryTx now, Attempt attempt) {
    return world.store().intents().ofRun(now, attempt.run()).stream()
        .filter(intent -> Attempt.of(intent).equals(attempt))
        .findFirst();
  }

  /** Judges now; speaks up only if it is committed. */
  void made(MemoryTx tx, Intent intent) {
    Run run = world.store().runs.get(tx, intent.runId()).orElse(null);
    Rung rung = world.books().current(intent.runbook()).orElseThrow().rungOf(intent.step());
    Gate gate =
        intent.gate() == null ? null : world.store().gates().find(tx, intent.gate()).orElse(null);
    Case it = new Case(tx, intent, run, rung, Address.of(intent.step()).undoes(), gate);
    List<String> found = new ArrayList<>();
    time(it, found);
    control(it, found);
    halt(it, found);
    alert(it, found);
    limits(it, found);
    cooldown(it, found);
    approval(it, found);
    again(it, found);
    evidence(it, found);
    lines.made(tx, intent, it.rung(), found);
    laws.breakers().made(tx, intent, goesOn(it), found);
    faults.put(intent.id(), found);
  }

  void committed(MemoryTx now, Intent intent) {
    world.trace(() -> "INTENT " + Attempt.of(intent) + " " + intent.targets());
    Run run = world.store().runs.get(now, intent.runId()).orElseThrow();
    faults.getOrDefault(intent.id(), List.of()).stream()
        // the order that resumes a run is written with what follows from it
        .filter(fault -> run.control().paused() || !fault.equals(PAUSED))
        .forEach(fault -> laws.check(false, fault + ": " + Attempt.of(intent)));
    for (String target : intent.targets()) {
      laws.check(laws.mayChange(now, run, target), "an intent without the lock on " + target);
    }
  }

  private void time(Case it, List<String> found) {
    Instant dated = it.intent().committedAt();
    Instant now = world.time().instant();
    // decisions stand in line, and wait there a while
    Duration off = Duration.ofSeconds(world.parts().skew());
    if (dated.isAfter(now.plus(off))
        || dated.isBefore(now.minus(off).minusMillis(6 * World.LOCK_MILLIS))) {
      found.add("an intent is dated %s, but it is %s".formatted(dated, now));
    }
  }

  private static void control(Case it, List<String> found) {
    // one that is being started is not stored yet
    Run run = it.run();
    Run.Control control = run == null ? Run.Control.NONE : run.control();
    if (control.cancelled() != null) {
      found.add("a cancelled run decides on a change");
    }
    if (control.paused()) {
      found.add(PAUSED);
    }
    if (control.withdrawn() && !it.undo() && !goesOn(it)) {
      found.add("a withdrawn run decides on a change");
    }
  }

  /** A rung that has begun to change things is finished, also when its alert is over. */
  private static boolean goesOn(Case it) {
    Run run = it.run();
    return run != null
        && run.steps().values().stream()
            .anyMatch(
                step ->
                    step.phase() == StepRun.Phase.ACT
                        && made(step)
                        && Address.of(step.id()).top().equals(it.rung().id()));
  }

  private static boolean made(StepRun step) {
    Items items = step.items();
    return items == null ? step.attempt() > 0 : items.ok() > 0;
  }

  private void halt(Case it, List<String> found) {
    List<Automation> set = world.store().automation().history(it.tx(), 1);
    if (set.isEmpty()) {
      return;
    }
    Automation now = set.getFirst();
    Instant until = now.until();
    boolean over = until != null && !it.intent().committedAt().isBefore(until);
    if (!over && now.mode() == Automation.Mode.OFF) {
      found.add("a halted system decides on a change");
    }
    if (!over && now.mode() == Automation.Mode.ASK && !approved(it)) {
      found.add("a system that asks decides by itself");
    }
  }

  private void alert(Case it, List<String> found) {
    Run run = it.run();
    if (run == null) {
      return;
    }
    String incident = run.incidentId();
    if (!it.undo()
        && !goesOn(it)
        && !world.store().alerts().ofIncident(it.tx(), incident).isEmpty()
        && world.store().alerts().firing(it.tx(), incident) == 0) {
      found.add("a change for an alert that is over");
    }
  }

  private void limits(Case it, List<String> found) {
    Limit limit = it.rung().limit();
    boolean free = it.asks() && approved(it);
    if (limit != null && !it.undo() && !free) {
      for (String target : it.intent().targets()) {
        if (count(it, limit.per(), sameFix(it, target)) > limit.max()) {
          found.add("the limit of %d for %s is exceeded".formatted(limit.max(), target));
        }
      }
    }
    GuardSettings.Window runbook = world.settings().runbook();
    if (!it.undo()
        && !free
        && count(it, runbook.per(), other -> other.runbook().equals(it.intent().runbook()))
            > runbook.max()) {
      found.add("the limit of the runbook is exceeded");
    }
    if (!it.undo() && !free) {
      others(it, found);
    }
    GuardSettings.Window global = world.settings().global();
    if (!free && count(it, global.per(), other -> true) > global.max()) {
      found.add("the global limit is exceeded");
    }
  }

  /** The limits of targets, services and teams. */
  private void others(Case it, List<String> found) {
    for (String target : it.intent().targets()) {
      other(it, Counted.Level.TARGET, target, all -> all.targets().contains(target), found);
    }
    String service = service(it.tx(), it.run());
    if (!service.isEmpty()) {
      other(
          it,
          Counted.Level.SERVICE,
          service,
          all ->
              all.id().equals(it.intent().id())
                  || service.equals(
                      service(it.tx(), world.store().runs.get(it.tx(), all.runId()).orElse(null))),
          found);
    }
    String team = owner(it.intent());
    other(it, Counted.Level.TEAM, team, all -> owner(all).equals(team), found);
  }

  private void other(
      Case it, Counted.Level level, String name, Predicate<Intent> which, List<String> found) {
    Optional<GuardSettings.Window> window = world.settings().others().of(level, name);
    if (window.filter(most -> count(it, most.per(), which) > most.max()).isPresent()) {
      found.add("the limit of the %s is exceeded".formatted(level.asText()));
    }
  }

  private String owner(Intent intent) {
    return world.books().current(intent.runbook()).orElseThrow().owner();
  }

  private static String service(MemoryTx tx, @Nullable Run run) {
    return run != null && run.alert().get("labels") instanceof Map<?, ?> labels
        ? String.valueOf(labels.get("service"))
        : "";
  }

  private static Predicate<Intent> sameFix(Case it, String target) {
    String counted = Address.of(it.intent().step()).counted();
    return other ->
        other.runbook().equals(it.intent().runbook())
            && Address.of(other.step()).counted().equals(counted)
            && other.targets().contains(target);
  }

  /** By when they were decided, this one included. */
  private long count(Case it, Duration per, Predicate<Intent> which) {
    Instant since = it.intent().committedAt().minus(per);
    return world
        .store()
        .intents
        .rows(it.tx())
        .filter(which)
        .filter(other -> other.committedAt().isAfter(since))
        .count();
  }

  private void cooldown(Case it, List<String> found) {
    if (it.rung().cooldown().isZero()) {
      return;
    }
    Instant rested = it.intent().committedAt().minus(it.rung().cooldown());
    for (String target : it.intent().targets()) {
      boolean hot =
          world
              .store()
              .intents
              .rows(it.tx())
              .filter(sameFix(it, target))
              .filter(other -> !other.runId().equals(it.intent().runId()))
              .anyMatch(other -> other.committedAt().isAfter(rested));
      if (hot && !it.undo() && !(it.asks() && approved(it))) {
        found.add("a fix does not rest on " + target);
      }
    }
  }

  private void approval(Case it, List<String> found) {
    Approve approve = it.rung().approve();
    if (approve == null || it.undo() || approved(it)) {
      return;
    }
    Limit limit = it.rung().limit();
    boolean used =
        limit != null
            && it.intent().targets().stream()
                .anyMatch(target -> count(it, limit.per(), sameFix(it, target)) > 1);
    if (approve.when() == null || used) {
      found.add("a change that nobody approved");
    }
  }

  /** By enough distinct people who were asked, of exactly this plan, and nobody said no. */
  private static boolean approved(Case it) {
    Gate gate = it.gate();
    if (gate == null
        || !gate.planHash().equals(it.intent().plan())
        || !gate.runId().equals(it.intent().runId())
        || !gate.stepId().equals(it.intent().step())) {
      return false;
    }
    Set<String> yes = new HashSet<>();
    for (Gate.Vote vote : gate.votes()) {
      boolean asked =
          gate.asked().contains(vote.person()) || gate.asked().contains(Approvers.ANYONE);
      if (!vote.approve() || !asked) {
        return false;
      }
      yes.add(vote.person());
    }
    return yes.size() >= gate.quorum();
  }

  /** What may have happened is not done again, unless its author allowed it. */
  private void again(Case it, List<String> found) {
    for (Intent earlier : world.store().intents().ofRun(it.tx(), it.intent().runId())) {
      if (earlier.id().equals(it.intent().id()) || !earlier.step().equals(it.intent().step())) {
        continue;
      }
      Attempt before = Attempt.of(earlier);
      if (before.equals(Attempt.of(it.intent()))) {
        found.add("two intents for one attempt");
      }
      boolean surelyNot =
          !laws.begun(before)
              || laws.answer(before).filter(Outcome.Failed.class::isInstance).isPresent();
      boolean idempotent =
          world
              .books()
              .current(it.intent().runbook())
              .flatMap(book -> book.task(it.intent().step()))
              .orElseThrow()
              .idempotent();
      if (!idempotent && !surelyNot && !laws.repeats(before)) {
        found.add("a change is decided again though the last one may have happened");
      }
    }
  }

  /** What the condition of a rung went by is not older than it may be when it is first changed. */
  private void evidence(Case it, List<String> found) {
    Run run = it.run();
    Duration maxAge = it.rung().evidence().maxAge();
    if (run == null || maxAge == null || it.undo() || !first(it, run)) {
      return;
    }
    Duration off = Duration.ofSeconds(2L * world.parts().skew());
    for (String id : it.rung().evidence().condition()) {
      // one that does not say so yet has ended by what is being decided on now
      if (run.step(id).state() instanceof StepState.Ended over
          && (over.end() == StepState.End.SUCCEEDED || over.end() == StepState.End.FAILED)
          && run.step(id).attempt() > 0
          && over.at().plus(maxAge).plus(off).isBefore(it.intent().committedAt())) {
        found.add("a change is decided on by evidence that is too old");
      }
    }
  }

  /** Whether it is the first change of its rung, not yet tried by itself. */
  private static boolean first(Case it, Run run) {
    StepRun step = run.steps().get(it.intent().step());
    return step != null
        && !step.ended()
        && step.startedAt() == null
        && !Address.of(step.id()).ofItem()
        && run.steps().values().stream()
            .noneMatch(
                other ->
                    other.phase() == StepRun.Phase.ACT
                        && other.attempt() > 0
                        && Address.of(other.id()).top().equals(it.rung().id()));
  }

  /** Changes never outnumber decisions. */
  void compare(MemoryTx now, List<Attempt> log) {
    Set<Attempt> seen = new HashSet<>();
    for (Attempt attempt : log) {
      laws.check(of(now, attempt).isPresent(), "a change that nobody decided: " + attempt);
      laws.check(seen.add(attempt), "two changes for one decision: " + attempt);
    }
  }
}
