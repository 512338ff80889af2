package dev.firebreak.simulation;

import dev.firebreak.alert.Deliveries;
import dev.firebreak.guard.breaker.Breakers;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.store.Ports;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/** The store in memory with a committer thread of its own, so that contracts can be held to it. */
public final class MemoryStores {
  /** What the node is called whose ports these are. */
  public static final String NODE = "memory";

  private final MemoryStore store;
  private final Ports ports;

  private MemoryStores(MemoryStore store, Ports ports) {
    this.store = store;
    this.ports = ports;
  }

  public Ports ports() {
    return ports;
  }

  /** The outbox as another node sees it. */
  public Outbox outbox(String node) {
    return store.outbox(node);
  }

  public Breakers breakers() {
    return store.breakers();
  }

  public Deliveries deliveries() {
    return store.deliveries();
  }

  /** A new one; its thread ends with the process. */
  public static MemoryStores open() {
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
    return new MemoryStores(store, store.ports(ledger, NODE));
  }
}
