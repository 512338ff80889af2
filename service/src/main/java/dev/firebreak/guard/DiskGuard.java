package dev.firebreak.guard;

import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Room on the disk of the database: when it runs out, changes end while there still is some to take
 * alerts in and to record outcomes. What is being done or undone is finished.
 */
final class DiskGuard implements Guard {
  /** Kept for what is received and recorded. */
  static final long RESERVE_MIB = 64;

  private static final int MIB_BITS = 20;

  private final LongSupplier free;

  DiskGuard(LongSupplier free) {
    this.free = free;
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    long left = free.getAsLong() >> MIB_BITS;
    return proposal.undo() || proposal.goesOn() || left >= RESERVE_MIB
        ? new Decision.Allow()
        : new Decision.Deny(
            new Reason(
                "disk-full",
                "the disk of the database has %d MiB left, and the last %d are kept to take alerts in; free some"
                    .formatted(left, RESERVE_MIB)));
  }
}
