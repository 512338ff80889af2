package dev.firebreak.escalation;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.Optional;

/** Calls along a chain that do not end with an acknowledgement nobody follows. Thread-safe. */
public final class FollowUpCalls implements CallDesk {
  private final CallDesk chains;
  private final FollowUps followUps;

  public FollowUpCalls(CallDesk chains, FollowUps followUps) {
    this.chains = chains;
    this.followUps = followUps;
  }

  @Override
  public Opened open(
      Tx tx,
      String incidentId,
      String runId,
      String stepId,
      String chain,
      String why,
      Instant now) {
    return chains.open(tx, incidentId, runId, stepId, chain, why, now);
  }

  @Override
  public Optional<Opened> advance(Tx tx, String escalationId, Instant now) {
    return chains.advance(tx, escalationId, now);
  }

  @Override
  public void acknowledge(Tx tx, String incidentId, String person, Instant now) {
    chains.acknowledge(tx, incidentId, person, now);
    followUps.acknowledged(tx, incidentId, person, now);
  }

  @Override
  public boolean calling(Tx tx, String incidentId) {
    return chains.calling(tx, incidentId);
  }

  @Override
  public boolean handedTo(Tx tx, String incidentId, String person) {
    return followUps.handedTo(tx, incidentId, person);
  }

  @Override
  public void withdraw(Tx tx, String escalationId, Instant now) {
    chains.withdraw(tx, escalationId, now);
  }
}
