package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Tx;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.Runs;
import dev.firebreak.run.Signal;
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
  private final Objections objections;
  private final Ids ids;
  private final InstantSource clock;

  RunOrders(Engine engine, EnginePorts ports, SignalDesk signals, EngineTools tools) {
    this.engine = engine;
    this.runs = ports.runs();
    this.signals = signals;
    this.objections = new Objections(ports.runbooks()::version);
    this.ids = tools.ids();
    this.clock = tools.clock();
  }

  /** Tells a run something. */
  CompletableFuture<Ordered> order(String runId, Function<Instant, RunEvent> order) {
    return told(
        tx -> {
          Run run = found(tx, runId);
          RunEvent event = order.apply(clock.instant());
          refuse(objections.against(run, event));
          return engine.post().tell(tx, run, event);
        });
  }

  private static void refuse(Optional<OrderRefused> why) {
    if (why.isPresent()) {
      throw why.get();
    }
  }

  /** Keeps a signal for a run and wakes what waits for it; the second time it changes nothing. */
  CompletableFuture<Ordered> signal(
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

  private CompletableFuture<Ordered> told(Function<Tx, PostRoom.Told> work) {
    return engine.commit(work).thenCompose(engine.post()::answered);
  }

  private Run found(Tx tx, String runId) {
    return engine
        .runs()
        .find(tx, runId)
        .orElseThrow(
            () -> new OrderRefused(OrderRefused.Kind.NOT_FOUND, "there is no run " + runId));
  }

  private Run live(Tx tx, String runId) {
    Run run = found(tx, runId);
    refuse(Objections.ended(run));
    return run;
  }
}
