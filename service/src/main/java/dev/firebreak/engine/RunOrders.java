package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Tx;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.Runs;
import dev.firebreak.run.Signal;
import dev.firebreak.run.StepState.Unknown;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings what is said to a run to it, if the run is one that can still hear it. Thread-safe. */
final class RunOrders {
  private final Engine engine;
  private final Runs runs;
  private final SignalDesk signals;
  private final Ids ids;
  private final InstantSource clock;

  RunOrders(Engine engine, Runs runs, SignalDesk signals, Ids ids, InstantSource clock) {
    this.engine = engine;
    this.runs = runs;
    this.signals = signals;
    this.ids = ids;
    this.clock = clock;
  }

  /** Tells a run something. */
  CompletableFuture<Run> order(String runId, Function<Instant, RunEvent> event) {
    return told(tx -> engine.post().tell(tx, live(tx, runId), event.apply(clock.instant())));
  }

  /**
   * Tells a run something about one of its steps.
   *
   * @param against why the run as it stands must not be told so, or empty
   */
  CompletableFuture<Run> order(
      String runId,
      String stepId,
      Function<Run, Optional<String>> against,
      Function<Instant, RunEvent> event) {
    return told(
        tx -> {
          Run run = withStep(tx, runId, stepId);
          Optional<String> why = against.apply(run);
          if (why.isPresent()) {
            throw new OrderRefused(OrderRefused.Kind.CONFLICT, why.get());
          }
          return engine.post().tell(tx, run, event.apply(clock.instant()));
        });
  }

  /** Why nobody can say how a step ended: it is known. */
  static Optional<String> againstAnswer(Run run, String stepId) {
    return run.step(stepId).state() instanceof Unknown
        ? Optional.empty()
        : Optional.of(
            "step '%s' is %s, not unknown: there is nothing to answer for"
                .formatted(stepId, run.step(stepId).state().status().asText()));
  }

  /** Keeps a signal for a run and wakes what waits for it; the second time it changes nothing. */
  CompletableFuture<Run> signal(
      String runId, String name, @Nullable String key, Map<String, Object> body, Actor by) {
    return told(
        tx -> {
          Instant now = clock.instant();
          Signal signal = new Signal(ids.next("sig"), runId, name, key, body, by.asText(), now);
          if (signals.known(tx, signal)) {
            return new PostRoom.Told(engine.runs().find(tx, runId).orElseThrow(), null);
          }
          Run run = live(tx, runId);
          return engine.post().tell(tx, run, signals.keep(tx, run, signal, now));
        });
  }

  /** Tells every live run of an incident, inside a transaction of the caller. */
  void tellAll(Tx tx, String incidentId, RunEvent event) {
    for (String run : runs.liveOf(tx, incidentId)) {
      PostRoom.Told unused = engine.post().tell(tx, live(tx, run), event);
    }
  }

  private CompletableFuture<Run> told(Function<Tx, PostRoom.Told> work) {
    return engine.commit(work).thenCompose(engine.post()::answered);
  }

  private Run live(Tx tx, String runId) {
    Run run =
        engine
            .runs()
            .find(tx, runId)
            .orElseThrow(
                () -> new OrderRefused(OrderRefused.Kind.NOT_FOUND, "there is no run " + runId));
    if (run.status().ended()) {
      throw new OrderRefused(
          OrderRefused.Kind.GONE,
          "this run has ended: it is %s since %s".formatted(run.status().asText(), run.endedAt()));
    }
    return run;
  }

  private Run withStep(Tx tx, String runId, String stepId) {
    Run run = live(tx, runId);
    if (!run.steps().containsKey(stepId)) {
      throw new OrderRefused(OrderRefused.Kind.NOT_FOUND, "this run has no step '" + stepId + "'");
    }
    return run;
  }
}
