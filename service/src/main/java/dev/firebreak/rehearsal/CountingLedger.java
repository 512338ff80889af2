package dev.firebreak.rehearsal;

import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Counts what is submitted, so that a rehearsal knows when nothing more comes. Thread-safe. */
final class CountingLedger implements Ledger {
  private final Ledger ledger;
  private final AtomicLong submitted = new AtomicLong();

  CountingLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  long submitted() {
    return submitted.get();
  }

  @Override
  public <T> CompletableFuture<T> commit(Function<Tx, T> work) {
    submitted.incrementAndGet();
    return ledger.commit(work);
  }

  @Override
  public <T> T read(Function<Tx, T> query) {
    return ledger.read(query);
  }
}
