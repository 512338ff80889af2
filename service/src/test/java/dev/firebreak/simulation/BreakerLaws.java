package dev.firebreak.simulation;

import dev.firebreak.guard.Intent;
import dev.firebreak.guard.breaker.Breaker;
import dev.firebreak.guard.breaker.BreakerSettings;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.runbook.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Breakers open after enough fixes that surely did not help; while one is open nothing it stops is
 * decided on, and after its rest one change to one target at a time. What came of fixes is read
 * from the steps of runs, and who tries from their intents.
 */
final class BreakerLaws {
  /** A trial that says nothing for so long is lost. */
  private static final Duration LOST = Duration.ofHours(25);

  private final World world;
  private final Laws laws;
  private final Map<String, List<Intent>> tried = new HashMap<>();
  private final Map<String, List<Instant>> failed = new HashMap<>();
  private final List<Verdict> verdicts = new ArrayList<>();
  private final Set<String> judged = new HashSet<>();
  private final Set<String> forgotten = new HashSet<>();

  BreakerLaws(World world, Laws laws) {
    this.world = world;
    this.laws = laws;
  }

  private enum Came {
    HELPED,
    FAILED,
    NOBODY_KNOWS
  }

  /** What came of one rung, for one key that failures are counted by. */
  private record Verdict(Breaker.Kind kind, String key, Came came, Instant at) {}

  /** Judges a decision in the transaction that would commit it. */
  void made(MemoryTx tx, Intent intent, boolean goesOn, List<String> found) {
    for (Breaker breaker : world.store().breakers.rows(tx).toList()) {
      if (breaker.end() == null && stops(breaker, intent)) {
        List<Intent> others = tried.computeIfAbsent(breaker.id(), none -> new ArrayList<>());
        boolean mine = others.stream().anyMatch(it -> it.runId().equals(intent.runId()));
        if (mine || !goesOn) {
          judge(tx, breaker, intent, others, found);
        }
      }
    }
  }

  private static boolean stops(Breaker breaker, Intent intent) {
    return breaker.runbook().equals(intent.runbook())
        && !Address.of(intent.step()).undoes()
        && (breaker.kind() == Breaker.Kind.RUNBOOK || intent.targets().contains(breaker.subject()));
  }

  private void judge(
      MemoryTx tx, Breaker breaker, Intent intent, List<Intent> others, List<String> found) {
    Duration rest = world.walls().rule(breaker.kind()).rest();
    if (intent.committedAt().isBefore(breaker.openedAt().plus(rest))) {
      found.add("a change while the breaker of it rests");
    }
    if (intent.targets().size() > 1) {
      found.add("more than one target is tried while a breaker is open");
    }
    for (Intent other : others) {
      boolean own = other.runId().equals(intent.runId());
      Run run = world.store().runs.get(tx, other.runId()).orElse(null);
      if (run == null || !world.store().intents().find(tx, other.id()).isPresent()) {
        continue; // what was tried was never committed
      }
      String rung = Address.of(other.step()).top();
      boolean lost = other.committedAt().plus(LOST).isBefore(intent.committedAt());
      if (!over(run, rung) && !own && !lost) {
        found.add("two runs try at once what a breaker stops");
      }
      Optional<Instant> end = over(run, rung) ? failedAt(run, rung) : Optional.empty();
      if (end.filter(at -> intent.committedAt().isBefore(at.plus(rest))).isPresent()) {
        found.add("a change though the trial before it did not help just now");
      }
    }
    others.add(intent);
  }

  /** A breaker changes. */
  void changed(Breaker after) {
    if (after.end() != null) {
      forgotten.add(key(after.runbook(), after.subject()));
    }
  }

  /** A run changes. */
  void changed(MemoryTx now, Run after) {
    // one that is paused is not looked at before it goes on
    if (!world.walls().breaks() || after.control().paused()) {
      return;
    }
    List<Intent> intents = world.store().intents().ofRun(now, after.id());
    for (StepRun step : after.steps().values()) {
      String rung = step.id();
      if (step.phase() == StepRun.Phase.CHANGE && over(after, rung)) {
        List<Intent> made = intents.stream().filter(it -> changes(it, rung)).toList();
        if (!made.isEmpty() && judged.add(made.getLast().id())) {
          came(after, rung, made);
        }
      }
    }
  }

  private static boolean changes(Intent intent, String rung) {
    Address address = Address.of(intent.step());
    return address.top().equals(rung) && !address.undoes();
  }

  private void came(Run run, String rung, List<Intent> made) {
    Optional<Instant> failure = failedAt(run, rung);
    boolean helped =
        run.step(rung).ended(StepState.End.SUCCEEDED)
            && verify(run, rung).filter(it -> it.ended(StepState.End.SUCCEEDED)).isPresent();
    Came came = helped ? Came.HELPED : failure.isPresent() ? Came.FAILED : Came.NOBODY_KNOWS;
    Instant at = failure.orElse(Instant.EPOCH);
    Stream<String> targets = made.stream().flatMap(it -> it.targets().stream()).distinct();
    targets.forEach(
        target ->
            verdicts.add(new Verdict(Breaker.Kind.TARGET, key(run.runbook(), target), came, at)));
    verdicts.add(new Verdict(Breaker.Kind.RUNBOOK, key(run.runbook(), ""), came, at));
  }

  private static String key(String runbook, String target) {
    return runbook + '/' + target;
  }

  private static Optional<StepRun> verify(Run run, String rung) {
    return Optional.ofNullable(run.steps().get(rung + '.' + Address.VERIFY));
  }

  /** When a fix was over that surely did not help. */
  private static Optional<Instant> failedAt(Run run, String rung) {
    return verify(run, rung)
        .filter(proof -> proof.attempt() > 0 && proof.ended(StepState.End.FAILED))
        .flatMap(
            proof ->
                parts(run, rung)
                    .map(part -> part.state() instanceof StepState.Ended end ? end.at() : null)
                    .filter(Objects::nonNull)
                    .max(Instant::compareTo));
  }

  private static boolean over(Run run, String rung) {
    return run.steps().containsKey(rung) && parts(run, rung).allMatch(StepRun::ended);
  }

  private static Stream<StepRun> parts(Run run, String rung) {
    return run.steps().values().stream().filter(step -> Address.of(step.id()).top().equals(rung));
  }

  /** All of a commit was seen. */
  void committed(MemoryTx now) {
    for (Verdict verdict : verdicts) {
      if (verdict.came() == Came.HELPED) {
        forgotten.add(verdict.key());
      }
    }
    forgotten.forEach(failed::remove);
    for (Verdict verdict : verdicts) {
      if (verdict.came() == Came.FAILED && !forgotten.contains(verdict.key())) {
        failed.computeIfAbsent(verdict.key(), none -> new ArrayList<>()).add(verdict.at());
        opened(now, verdict);
      }
    }
    forgotten.clear();
    verdicts.clear();
  }

  private void opened(MemoryTx now, Verdict last) {
    BreakerSettings.Rule rule = world.walls().rule(last.kind());
    Instant since = last.at().minus(rule.within()).plusSeconds(2L * world.parts().skew());
    long count =
        failed.getOrDefault(last.key(), List.of()).stream().filter(since::isBefore).count();
    if (rule.failures() > 0 && count >= rule.failures()) {
      laws.check(
          world
              .store()
              .breakers
              .rows(now)
              .anyMatch(
                  it -> it.end() == null && key(it.runbook(), it.subject()).equals(last.key())),
          "%d fixes did not help, and no breaker opens for %s".formatted(count, last.key()));
    }
  }
}
