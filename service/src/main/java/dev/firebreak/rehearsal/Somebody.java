package dev.firebreak.rehearsal;

import dev.firebreak.core.Tx;
import dev.firebreak.escalation.CallDesk;
import dev.firebreak.escalation.Escalation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Calls nobody, and somebody acknowledges: a rehearsal wakes no human. */
final class Somebody implements CallDesk {
  private final Set<String> called = ConcurrentHashMap.newKeySet();

  @Override
  public Opened open(
      Tx tx,
      String incidentId,
      String runId,
      String stepId,
      String chain,
      String why,
      Instant now) {
    Escalation call =
        new Escalation(
            "esc_rehearsal",
            incidentId,
            runId,
            stepId,
            chain,
            0,
            now,
            now.plus(Duration.ofDays(365)),
            Escalation.Status.CALLING,
            why,
            null,
            null);
    called.add(incidentId);
    return new Opened(call, List.of(chain));
  }

  @Override
  public Optional<Opened> advance(Tx tx, String escalationId, Instant now) {
    return Optional.empty();
  }

  @Override
  public boolean calling(Tx tx, String incidentId) {
    return called.contains(incidentId);
  }

  @Override
  public void acknowledge(Tx tx, String incidentId, String person, Instant now) {
    called.remove(incidentId);
  }
}
