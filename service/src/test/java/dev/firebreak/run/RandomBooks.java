package dev.firebreak.run;

import static dev.firebreak.fixtures.Written.call;
import static dev.firebreak.fixtures.Written.text;

import dev.firebreak.expression.Expression;
import dev.firebreak.fixtures.Written;
import dev.firebreak.runbook.Escalate;
import dev.firebreak.runbook.Foreach;
import dev.firebreak.runbook.OnFailure;
import dev.firebreak.runbook.Retry;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.RungStep;
import dev.firebreak.runbook.Step;
import dev.firebreak.runbook.Undo;
import dev.firebreak.runbook.Verify;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runbooks whose rungs are graphs of steps, drawn by chance, and the same for the same seed. */
final class RandomBooks {
  private final Random random;

  RandomBooks(Random random) {
    this.random = random;
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  Runbook book() {
    List<Rung> ladder = new ArrayList<>();
    int rungs = 1 + random.nextInt(3);
    for (int i = 0; i < rungs; i++) {
      ladder.add(oneIn(4) ? Written.rung("r" + i).undo().build() : rung("r" + i));
    }
    return Written.runbook(
        List.of(Written.step("look")),
        ladder,
        oneIn(3) ? null : new Escalate("oncall", null),
        List.of(Written.step("report")));
  }

  private Rung rung(String id) {
    List<String> ids =
        IntStream.range(0, 1 + random.nextInt(7)).mapToObj(i -> id + "s" + i).toList();
    List<String> instead = new ArrayList<>();
    List<RungStep> steps = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      List<String> before =
          instead.contains(ids.get(i))
              ? List.of()
              : ids.subList(0, i).stream().filter(other -> oneIn(3)).toList();
      List<String> later =
          ids.subList(i + 1, ids.size()).stream()
              .filter(other -> !instead.contains(other))
              .toList();
      steps.add(step(ids.get(i), before, later, instead));
    }
    java.util.Collections.shuffle(steps, random);
    return new Rung(
        id,
        id,
        null,
        List.of(text("host/a")),
        null,
        Duration.ZERO,
        null,
        dev.firebreak.runbook.Call.NOTHING,
        false,
        Retry.NONE,
        Duration.ofSeconds(60),
        null,
        Written.verify(),
        null,
        oneIn(8) ? Duration.ofSeconds(90) : null,
        steps);
  }

  private RungStep step(String id, List<String> before, List<String> later, List<String> instead) {
    boolean changes = !oneIn(3);
    Retry retry =
        oneIn(2) ? Retry.NONE : new Retry(2, Duration.ofSeconds(2), Duration.ofSeconds(5));
    Step step =
        new Step(
            id,
            id,
            call(changes ? "fix" : "probe"),
            oneIn(6) ? Written.when(model -> false) : null,
            before,
            retry,
            Duration.ofSeconds(10),
            null,
            oneIn(8) ? Duration.ofSeconds(20 + random.nextInt(60)) : null,
            Map.of());
    Verify verify = changes && oneIn(3) ? Written.verify() : null;
    Undo undo =
        changes && !oneIn(4)
            ? new Undo(call("undo"), retry, Duration.ofSeconds(10), oneIn(2))
            : null;
    return new RungStep(
        step, changes, List.of(), failure(later, instead), oneIn(3), verify, undo, foreach());
  }

  private OnFailure failure(List<String> later, List<String> instead) {
    if (!later.isEmpty() && oneIn(4)) {
      String other = later.get(random.nextInt(later.size()));
      instead.add(other);
      return new OnFailure.Instead(other);
    }
    return oneIn(3) ? new OnFailure.Continue() : new OnFailure.Stop();
  }

  private @Nullable Foreach foreach() {
    if (!oneIn(3)) {
      return null;
    }
    int size = oneIn(10) ? 0 : 1 + random.nextInt(12);
    List<Foreach.Wave> ramp = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      ramp.add(
          oneIn(3)
              ? new Foreach.Wave(1 + random.nextInt(60), true)
              : new Foreach.Wave(1 + random.nextInt(4), false));
    }
    return new Foreach(
        list(size), "item", 1 + random.nextInt(4), ramp, 1 + random.nextInt(4), oneIn(2));
  }

  /** A list of so many numbers. */
  static Expression list(int size) {
    return Written.list(IntStream.range(0, size).mapToObj(i -> (Object) (long) i).toList());
  }
}
