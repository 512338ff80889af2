package dev.firebreak.guard.breaker;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Herald;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Shows breakers, and has people close them. Thread-safe. */
public final class BreakerDesk {
  private static final int HISTORY = 50;

  private final Ledger ledger;
  private final Breakers breakers;
  private final Herald herald;
  private final InstantSource clock;

  /** A desk on all breakers. */
  public BreakerDesk(Ledger ledger, Breakers breakers, Herald herald, InstantSource clock) {
    this.ledger = ledger;
    this.breakers = breakers;
    this.herald = herald;
    this.clock = clock;
  }

  /** Those that are open, oldest first. */
  public List<Breaker> open() {
    return ledger.read(breakers::open);
  }

  /** The same within a transaction. */
  public List<Breaker> open(Tx tx) {
    return breakers.open(tx);
  }

  /** The last ones, newest first; also those that are closed. */
  public List<Breaker> history(Tx tx) {
    return breakers.history(tx, HISTORY);
  }

  /**
   * Closes a breaker; what did not help before is forgotten, so that it opens again only after as
   * many failures anew. Empty when none of this id is open.
   */
  public CompletableFuture<Optional<Breaker>> close(String id, Actor by, String reason) {
    Instant now = clock.instant();
    return ledger.commit(
        tx ->
            breakers
                .find(tx, id)
                .filter(found -> breakers.close(tx, id, new Breaker.End(by.asText(), now, reason)))
                .map(closed -> closed(tx, closed, by, reason, now)));
  }

  private Breaker closed(Tx tx, Breaker breaker, Actor by, String reason, Instant now) {
    if (breaker.kind() == Breaker.Kind.GROUP) {
      breakers.calm(tx, breaker.subject());
    } else {
      breakers.helped(tx, breaker.runbook(), List.of(breaker.subject()));
    }
    herald.note(
        tx,
        breaker.incidentId(),
        null,
        by,
        "breaker.closed",
        "%s closes the breaker of %s: %s".formatted(by.name(), breaker.what(), reason),
        Map.of("breaker", breaker.id(), "kind", breaker.kind().asText()),
        now);
    return breaker;
  }
}
