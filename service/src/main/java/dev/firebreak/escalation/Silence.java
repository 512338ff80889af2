package dev.firebreak.escalation;

import dev.firebreak.core.Tx;
import dev.firebreak.run.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long an incident may be silent, and when somebody last said a word. Thread-safe. */
final class Silence {
  private static final int LINES = 500;

  private final FollowUps.Parts parts;
  private final EscalationSettings chains;

  Silence(FollowUps.Parts parts, EscalationSettings chains) {
    this.parts = parts;
    this.chains = chains;
  }

  /** The last call for an incident. */
  Optional<Escalation> last(Tx tx, String incidentId) {
    List<Escalation> all = parts.escalations().ofIncident(tx, incidentId);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** What the chain of a call allows; null when it never asks. */
  @Nullable Duration allowed(Escalation call) {
    Chain chain = chains.chains().get(call.chain());
    return chain == null || Chain.NEVER.equals(chain.quiet()) ? null : chain.quiet();
  }

  /** The same for the call that somebody's attention is about. */
  @Nullable Duration allowed(Tx tx, Attention one) {
    return Optional.ofNullable(one.call())
        .flatMap(call -> parts.escalations().find(tx, call))
        .map(this::allowed)
        .orElse(null);
  }

  /** When a human last wrote anything beyond what was read before; null when nobody did. */
  record Heard(Attention attention, @Nullable Instant at) {}

  /** Reads on where it was read to. */
  Heard heard(Tx tx, Attention one) {
    Instant at = null;
    long seen = one.seen();
    List<JournalEntry> lines;
    do {
      lines = parts.journal().read(tx, one.incidentId(), seen, LINES);
      for (JournalEntry line : lines) {
        seen = line.sequence();
        at = line.actor().startsWith("person:") ? line.at() : at;
      }
    } while (lines.size() == LINES);
    return new Heard(
        new Attention(
            one.incidentId(),
            one.state(),
            one.person(),
            one.giver(),
            one.call(),
            seen,
            one.dueAt()),
        at);
  }
}
