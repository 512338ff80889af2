package dev.firebreak.simulation;

import dev.firebreak.store.Ports;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/** The store in memory with a committer thread of its own, so that contracts can be held to it. */
public final class MemoryStores {
  private MemoryStores() {}

  /** A new one; its thread ends with the process. */
  public static Ports open() {
    MemoryStore store =
        new MemoryStore(
            InstantSource.system(),
            holder -> {
              throw new IllegalStateException("one committer waits for nobody");
            });
    Semaphore waiting = new Semaphore(0);
    GroupLedger ledger = new GroupLedger(store, waiting::release);
    Thread unused =
        Thread.ofPlatform()
            .name("memory committer")
            .daemon()
            .start(
                () -> {
                  while (true) {
                    waiting.acquireUninterruptibly();
                    ledger.commitGroup(Integer.MAX_VALUE);
                  }
                });
    return store.ports(ledger, "memory");
  }
}
