package dev.firebreak.engine;

import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what nodes left whose lease is over: in batches, the next one when the runs of the one
 * before are on their way, so that live work gets its turn. Thread-safe.
 */
final class Takeover {
  private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);
  private static final int BATCH = 100;
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final EnginePorts ports;
  private final EngineTools tools;
  private final Engine engine;
  private final AtomicBoolean busy = new AtomicBoolean();

  Takeover(EnginePorts ports, EngineTools tools, Engine engine) {
    this.ports = ports;
    this.tools = tools;
    this.engine = engine;
  }

  /** Begins to look, unless a look is under way. Returns at once. */
  void look() {
    if (busy.compareAndSet(false, true)) {
      tools.executor().execute(this::lookNow);
    }
  }

  private void lookNow() {
    try {
      String me = tools.lease().node();
      for (String from : ports.ledger().read(tx -> ports.runs().abandoned(tx, me))) {
        takeAll(from, me);
      }
    } catch (StoreUnavailable | CompletionException e) {
      LOG.warn("cannot look for runs that were left, will look again: {}", e.getMessage());
    } finally {
      busy.set(false);
    }
  }

  private void takeAll(String from, String me) {
    List<String> left = ports.ledger().read(tx -> ports.runs().ownedBy(tx, from));
    int taken = 0;
    for (int i = 0; i < left.size() && tools.lease().holds(); i += BATCH) {
      int got = take(left.subList(i, Math.min(left.size(), i + BATCH)), from, me);
      if (got == 0) {
        break;
      }
      taken += got;
    }
    if (taken > 0) {
      LOG.info("took up {} runs that {} left unfinished", taken, from);
    }
  }

  private int take(List<String> ids, String from, String me) {
    List<Run> taken = answered(ids, from, me);
    List<CompletableFuture<?>> begun = new ArrayList<>();
    for (Run run : taken) {
      begun.add(engine.submit(run.id(), new RunEvent.Recovered(tools.clock().instant())));
    }
    CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new))
        .exceptionally(fault -> null)
        .join();
    return taken.size();
  }

  /**
   * What cannot be committed may have been committed all the same: the same runs are asked for
   * again.
   */
  private List<Run> answered(List<String> ids, String from, String me) {
    while (true) {
      try {
        return ports.ledger().commit(tx -> ports.runs().takeOver(tx, ids, from, me)).join();
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof StoreUnavailable) || engine.stopped()) {
          throw e;
        }
        LOG.warn("takeover from {} will be tried again: {}", from, e.getCause().getMessage());
        LockSupport.parkNanos(AGAIN.toNanos());
      }
    }
  }
}
