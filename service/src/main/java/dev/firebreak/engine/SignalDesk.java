package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Tx;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.Signal;
import dev.firebreak.run.Signals;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Takes signals in: each once, and not without bound. Works inside a transaction of its caller. */
final class SignalDesk {
  private static final int UNTAKEN = 100;
  private static final int SENT = 1_000;

  private final Signals signals;
  private final Notes notes;
  private final Masking masking;

  SignalDesk(Signals signals, Notes notes, Masking masking) {
    this.signals = signals;
    this.notes = notes;
    this.masking = masking;
  }

  /**
   * Whether this very signal was kept before.
   *
   * @throws OrderRefused when another one was kept under its key
   */
  boolean known(Tx tx, Signal signal) {
    String key = signal.key();
    Optional<Signal> before =
        key == null ? Optional.empty() : signals.find(tx, signal.runId(), key);
    if (before.isPresent()
        && !(before.get().name().equals(signal.name())
            && before.get().body().equals(masking.fields(signal.body())))) {
      throw refused("This Idempotency-Key was used for another signal. Use a new key for each.");
    }
    return before.isPresent();
  }

  /** Keeps a signal, and says what its run must hear. */
  RunEvent keep(Tx tx, Run run, Signal signal, Instant now) {
    if (signals.untaken(tx, run.id()) >= UNTAKEN) {
      throw refused(
          "this run has %d signals that no step has waited for yet: no more are kept"
              .formatted(UNTAKEN));
    }
    if (signals.sent(tx, run.id()) >= SENT) {
      throw refused("this run was sent %d signals: no more are kept".formatted(SENT));
    }
    signals.keep(
        tx,
        new Signal(
            signal.id(),
            signal.runId(),
            signal.name(),
            signal.key(),
            masking.fields(signal.body()),
            signal.by(),
            signal.at()));
    note(tx, run, signal, now);
    return new RunEvent.Signalled(now, signal.name());
  }

  private void note(Tx tx, Run run, Signal signal, Instant now) {
    Actor by = Actor.parse(signal.by());
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("signal", signal.id());
    data.put("name", signal.name());
    notes.run(
        tx,
        run,
        now,
        by,
        "signal.sent",
        "%s sends the signal '%s'".formatted(by.name(), signal.name()),
        data);
  }

  private static OrderRefused refused(String why) {
    return new OrderRefused(OrderRefused.Kind.CONFLICT, why);
  }
}
