package dev.firebreak.engine;

import static dev.firebreak.fixtures.Written.runbook;
import static dev.firebreak.fixtures.Written.rung;
import static dev.firebreak.fixtures.Written.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.action.Action;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.Masker;
import dev.firebreak.run.NewRun;
import dev.firebreak.run.Planner;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of attempts that end in a way no action promised. */
class PerformerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor();
  private final Permits permits = new Permits(1, turn -> {});
  private final List<Outcome> outcomes = new ArrayList<>();

  /** Goes too deep, as a pattern does on a text that somebody chose for it. */
  private static final class Deep implements Action {
    @Override
    public String type() {
      return "deep";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of();
    }

    @Override
    public boolean changes(Map<String, Object> params) {
      return true;
    }

    @Override
    public Outcome run(Invocation invocation) {
      throw new StackOverflowError();
    }
  }

  private Performer performer(Executor executor) {
    Masking masking = new Masking(new Masker());
    return new Performer(
        type -> new Deep(),
        masking,
        executor,
        alarms,
        1,
        attempt -> Optional.empty(),
        new StartLine(1, new Rush(), alarms, InstantSource.fixed(NOW)));
  }

  @AfterEach
  void stop() {
    alarms.shutdownNow();
  }

  private static Attempt reading() {
    Runbook book = runbook(List.of(step("look")), List.of(), null, List.of());
    return attempt(book, started(book), "look", null);
  }

  private Attempt changing() {
    Runbook book = runbook(List.of(), List.of(rung("fix").build()), null, List.of());
    RunEvent admitted = new RunEvent.Admitted(NOW, "fix", "int_1");
    Run run = Planner.next(book, started(book), admitted).run();
    Permits.Permit permit = permits.take("deep", run, "fix").orElseThrow();
    return attempt(book, run, "fix", new Admitted(Map.of(), permit));
  }

  private static Run started(Runbook book) {
    Run run = NewRun.of("run_1", "inc_1", book, Map.of(), "system:test", NOW);
    return Planner.next(book, run, new RunEvent.Started(NOW)).run();
  }

  private static Attempt attempt(Runbook book, Run run, String step, @Nullable Admitted admitted) {
    return new Attempt(run, book, step, 1, admitted, false, 1);
  }

  @Test
  void perform_actionDiesOfAnError_readHasFailedAndIsNoLongerAtWork() {
    Performer performer = performer(Runnable::run);

    performer.perform(reading(), outcomes::add);

    assertThat(outcomes).singleElement().isInstanceOf(Outcome.Failed.class);
    assertThat(performer.running()).isZero();
  }

  @Test
  void perform_actionDiesOfAnError_changeIsUnknown() {
    performer(Runnable::run).perform(changing(), outcomes::add);

    assertThat(outcomes).singleElement().isInstanceOf(Outcome.Unknown.class);
    assertThat(permits.inUse()).isZero();
  }

  @Test
  void perform_alarmsHaveEnded_nothingBeginsAndNothingIsSaid() {
    alarms.shutdownNow();
    Performer performer = performer(Runnable::run);

    performer.perform(reading(), outcomes::add);
    performer.perform(changing(), outcomes::add);

    assertThat(outcomes).isEmpty();
    assertThat(performer.running()).isZero();
    assertThat(permits.inUse()).isZero();
  }

  @Test
  void perform_noThreadToBeHad_nothingIsAtWork() {
    Performer performer =
        performer(
            task -> {
              throw new RejectedExecutionException("closed");
            });

    performer.perform(reading(), outcomes::add);
    performer.perform(changing(), outcomes::add);

    assertThat(performer.running()).isZero();
    assertThat(permits.inUse()).isZero();
    assertThat(outcomes).isEmpty();
  }
}
