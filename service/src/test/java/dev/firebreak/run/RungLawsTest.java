package dev.firebreak.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.Foreach;
import dev.firebreak.runbook.OnFailure;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.RungStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Laws of rungs with steps, over graphs, lists, faults and orders drawn by chance. */
class RungLawsTest {
  /** {@code -Dfirebreak.seeds=100000} for a night. */
  private static final int SEEDS = Integer.getInteger("firebreak.seeds", 600);

  /** Watches one run. */
  private static final class Laws implements Play.Watch {
    private final Runbook book;
    private final Set<String> happened = new HashSet<>();
    private final Set<String> lost = new HashSet<>();
    private int cancelled;
    private int most;

    Laws(Runbook book) {
      this.book = book;
    }

    @Override
    public void saw(Run before, RunEvent event, Run after, List<RunCommand> commands) {
      if (event instanceof RunEvent.Cancelled) {
        cancelled++;
      }
      after.steps().values().forEach(step -> follow(before, step));
      for (RunCommand command : commands) {
        switch (command) {
          case RunCommand.Propose propose -> begins(before, after, propose.step());
          case RunCommand.Perform perform -> performs(before, after, perform.step());
          default -> {}
        }
      }
      lists(after);
      most = Math.max(most, after.steps().size());
    }

    private void follow(Run before, StepRun step) {
      StepRun was = before.steps().get(step.id());
      if (was == null || !was.state().equals(step.state())) {
        if (step.state() instanceof Ended over && over.end() == End.SUCCEEDED) {
          happened.add(step.id());
        }
        if (step.state() instanceof Unknown) {
          lost.add(step.id());
        }
      }
    }

    private void performs(Run before, Run after, String id) {
      StepRun step = after.step(id);
      if (!step.changes()) {
        begins(before, after, id);
        return;
      }
      assertThat(((Running) step.state()).intent()).as(id + " acts under an intent").isNotNull();
      assertThat(lost.contains(id)).as(id + " is not repeated blindly").isFalse();
    }

    private void begins(Run before, Run after, String id) {
      StepRun step = after.step(id);
      if (step.phase() != Phase.FINALLY) {
        assertThat(cancelled).as(id + " acts after the run was cancelled").isZero();
        assertThat(after.control().paused()).as(id + " begins while paused").isFalse();
      }
      Address address = Address.of(id);
      if (address.step().isEmpty() || step.attempt() > 1) {
        return;
      }
      Rung rung = book.rungOf(id);
      RungStep written = rung.step(address.step()).orElseThrow();
      if (address.undoes()) {
        undoes(after, rung, written, address);
      } else if (address.part().isEmpty()) {
        needsAreOver(after, rung, written);
        ladderIsClear(after, rung);
      }
    }

    private void needsAreOver(Run run, Rung rung, RungStep step) {
      for (String need : step.step().needs()) {
        RungStep before = rung.step(need).orElseThrow();
        assertThat(run.step(before.in(rung)).ended()).as(need + " before " + step.id()).isTrue();
        StepRun proof = run.steps().get(before.in(rung) + ".verify");
        assertThat(proof == null || proof.ended()).as(need + " is proven").isTrue();
      }
      boolean stands =
          rung.steps().stream()
              .anyMatch(o -> o.onFailure().equals(new OnFailure.Instead(step.id())));
      if (stands) {
        assertThat(
                rung.steps().stream()
                    .filter(o -> o.onFailure().equals(new OnFailure.Instead(step.id())))
                    .anyMatch(o -> failed(run, o.in(rung))))
            .as(step.id() + " runs only for a failure")
            .isTrue();
      }
    }

    private static boolean failed(Run run, String id) {
      StepRun proof = run.steps().get(id + ".verify");
      return run.step(id).ended(End.FAILED) || (proof != null && proof.ended(End.FAILED));
    }

    /** A rung begins only when those before it are over and taken back. */
    private void ladderIsClear(Run run, Rung rung) {
      for (Rung other : book.remediate()) {
        if (other.id().equals(rung.id())) {
          return;
        }
        assertThat(run.steps().values())
            .filteredOn(step -> Address.of(step.id()).top().equals(other.id()))
            .as(other.id() + " is over before " + rung.id())
            .allMatch(StepRun::ended);
      }
    }

    private void undoes(Run run, Rung rung, RungStep step, Address address) {
      assertThat(happened).as("what is undone has happened").contains(address.holder());
      assertThat(run.steps().values())
          .filteredOn(other -> RungSteps.in(rung, other) && other.phase() != Phase.UNDO)
          .as("nothing of the rung is open while it is taken back")
          .noneMatch(Play::open);
      for (RungStep other : rung.steps()) {
        if (other != step && other.foreach() == null && other.undo() != null) {
          String id = other.in(rung);
          boolean left =
              happened.contains(id) && run.step(id + ".undo").state() instanceof StepState.Pending;
          boolean later = left && end(run, id).isAfter(end(run, address.whole()));
          assertThat(later)
              .as("%s was done after %s: %s", id, address.holder(), run.steps().values())
              .isFalse();
        }
      }
    }

    private static Instant end(Run run, String id) {
      return ((Ended) run.step(id).state()).at();
    }

    private void lists(Run run) {
      for (Rung rung : book.remediate()) {
        for (RungStep step : rung.steps()) {
          Foreach each = step.foreach();
          Items items = run.step(step.in(rung)).items();
          if (each != null && items != null) {
            list(run, step.in(rung), each, items);
          }
        }
      }
    }

    private static void list(Run run, String id, Foreach each, Items items) {
      List<Integer> open = new ArrayList<>();
      int undos = 0;
      for (StepRun item : run.itemsOf(id)) {
        StepRun proof = run.steps().get(item.id() + ".verify");
        if (!item.ended() || (proof != null && !proof.ended())) {
          open.add(Items.number(item.id()));
        }
        StepRun undo = run.steps().get(item.id() + ".undo");
        undos += undo != null && !undo.ended() ? 1 : 0;
      }
      assertThat(open.size()).as(id + " at once").isLessThanOrEqualTo(each.concurrency());
      assertThat(undos).as(id + " undone at once").isLessThanOrEqualTo(each.concurrency());
      for (int item : open) {
        int wave = each.waveEnd(item + 1, items.total());
        assertThat(items.begun()).as(id + " begins the next wave").isLessThanOrEqualTo(wave);
      }
    }
  }

  private static void play(long seed, Play.Chances chances) {
    Random random = new Random(seed);
    Runbook book = new RandomBooks(random).book();
    Laws laws = new Laws(book);
    Play play = new Play(book, random, chances, laws);
    play.toTheEnd();
    assertThat(play.run.steps().values())
        .allMatch(
            step ->
                step.ended()
                    || (play.run.control().cancelled() != null && step.state() instanceof Unknown));
    assertThat(play.run.why()).isNotNull();
    assertThat(play.took()).isLessThan(Duration.ofDays(4));
    StepRun report = Objects.requireNonNull(play.run.steps().get("report"));
    assertThat(report.attempt()).as("reports are written, whatever happened").isPositive();
  }

  @Test
  void calmWorld_everyRunEnds() {
    for (long seed = 0; seed < SEEDS / 2; seed++) {
      play(seed, Play.Chances.CALM);
    }
  }

  @Test
  void roughWorld_noLawIsBroken() {
    for (long seed = 0; seed < SEEDS; seed++) {
      try {
        play(seed, Play.Chances.ROUGH);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
