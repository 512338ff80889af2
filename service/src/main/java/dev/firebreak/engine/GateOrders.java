package dev.firebreak.engine;

import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.gate.GateRefused;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Counts what people say to a gate, and wakes the step once it is decided. Thread-safe. */
final class GateOrders {
  private final Engine engine;
  private final GateDesk gates;
  private final Questions questions;
  private final InstantSource clock;

  GateOrders(Engine engine, GateDesk gates, Questions questions, InstantSource clock) {
    this.engine = engine;
    this.gates = gates;
    this.questions = questions;
    this.clock = clock;
  }

  CompletableFuture<Gate> decide(GateDesk.Word word) {
    return engine.commit(
        tx -> {
          Instant now = clock.instant();
          Gate gate = counted(() -> gates.decide(tx, word, now));
          Run run = engine.runs().find(tx, gate.runId()).orElseThrow();
          questions.voted(tx, run, gate, word, now);
          if (gate.status() != Gate.Status.OPEN) {
            PostRoom.Told unused =
                engine.post().tell(tx, run, new RunEvent.Woken(now, gate.stepId()));
          }
          return gate;
        });
  }

  /** What a desk says of a vote, as an order. */
  static Gate counted(Supplier<Gate> desk) {
    try {
      return desk.get();
    } catch (GateRefused e) {
      throw new OrderRefused(
          switch (e.kind()) {
            case UNKNOWN -> OrderRefused.Kind.NOT_FOUND;
            case NOT_ASKED -> OrderRefused.Kind.FORBIDDEN;
            case CONFLICT -> OrderRefused.Kind.CONFLICT;
            case OVER -> OrderRefused.Kind.GONE;
            case INVALID -> OrderRefused.Kind.INVALID;
          },
          String.valueOf(e.getMessage()),
          e.faults());
    }
  }
}
