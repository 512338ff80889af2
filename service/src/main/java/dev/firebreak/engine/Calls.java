package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.escalation.CallDesk;
import dev.firebreak.escalation.Escalation;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Calls humans for a run, and says what became of it as events of that run. */
final class Calls {
  private final CallDesk desk;
  private final Notes notes;

  Calls(CallDesk desk, Notes notes) {
    this.desk = desk;
    this.notes = notes;
  }

  RunEvent open(Tx tx, Run run, String step, String chain, Reason why, Instant now) {
    try {
      CallDesk.Opened opened =
          desk.open(tx, run.incidentId(), run.id(), step, chain, why.text(), now);
      return called(tx, run, step, opened, now);
    } catch (IllegalArgumentException e) {
      Reason fault = new Reason("nobody-to-call", String.valueOf(e.getMessage()));
      note(tx, run, step, "escalation.exhausted", fault.text(), Map.of("chain", chain), now);
      return new RunEvent.Unanswered(now, step, fault);
    }
  }

  /** Goes on to the next person when the time of the one called last is over. */
  RunEvent advance(Tx tx, Run run, String step, String escalation, Instant now) {
    Optional<CallDesk.Opened> next = desk.advance(tx, escalation, now);
    if (next.isPresent()) {
      return called(tx, run, step, next.get(), now);
    }
    Reason why = new Reason("unanswered", "nobody of the chain acknowledged");
    note(tx, run, step, "escalation.exhausted", why.text(), Map.of("escalation", escalation), now);
    return new RunEvent.Unanswered(now, step, why);
  }

  private RunEvent called(Tx tx, Run run, String step, CallDesk.Opened opened, Instant now) {
    Escalation escalation = opened.escalation();
    if (!opened.called().isEmpty()) {
      note(
          tx,
          run,
          step,
          "escalation.called",
          "calls %s: %s".formatted(String.join(", ", opened.called()), escalation.why()),
          Map.of(
              "escalation", escalation.id(),
              "chain", escalation.chain(),
              "level", escalation.level(),
              "called", opened.called()),
          now);
    }
    return new RunEvent.Called(now, step, escalation.id(), escalation.nextAt());
  }

  private void note(
      Tx tx,
      Run run,
      String step,
      String kind,
      String text,
      Map<String, Object> data,
      Instant now) {
    notes.step(tx, run, step, now, Actor.ENGINE, kind, text, data);
  }
}
