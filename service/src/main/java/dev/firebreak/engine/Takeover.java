package dev.firebreak.engine;

import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Tx;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
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
  private final Advance advance;
  private final BooleanSupplier stopped;
  private final AtomicBoolean busy = new AtomicBoolean();

  Takeover(EnginePorts ports, EngineTools tools, Advance advance, BooleanSupplier stopped) {
    this.ports = ports;
    this.tools = tools;
    this.advance = advance;
    this.stopped = stopped;
  }

  /** Begins to look, unless a look is under way. Returns at once. */
  void look() {
    if (busy.compareAndSet(false, true)) {
      tools.executor().execute(this::lookNow);
    }
  }

  private void lookNow() {
    CompletableFuture<?> taken = CompletableFuture.completedFuture(0);
    try {
      String me = tools.lease().node();
      for (String from : ports.ledger().read(tx -> ports.runs().abandoned(tx, me))) {
        taken = taken.thenComposeAsync(before -> takeFrom(from, me), tools.executor());
      }
    } catch (RuntimeException e) {
      taken = CompletableFuture.failedFuture(e);
    }
    Object unused =
        taken.whenComplete(
            (done, fault) -> {
              busy.set(false);
              if (fault != null && !stopped.getAsBoolean()) {
                // a process that is alone on its database is asked to look once
                Object again =
                    tools.alarms().schedule(this::look, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                LOG.warn(
                    "cannot take up what was left, will look again: {}",
                    fault.getCause() == null ? fault.getMessage() : fault.getCause().getMessage());
              }
            });
  }

  private CompletableFuture<Integer> takeFrom(String from, String me) {
    List<String> left = ports.ledger().read(tx -> ports.runs().ownedBy(tx, from));
    return takeAll(left, from, me)
        .thenApply(
            taken -> {
              if (taken > 0) {
                LOG.info("took up {} runs that {} left unfinished", taken, from);
              }
              return taken;
            });
  }

  private CompletableFuture<Integer> takeAll(List<String> left, String from, String me) {
    if (left.isEmpty() || !tools.lease().holds()) {
      return CompletableFuture.completedFuture(0);
    }
    int batch = Math.min(left.size(), BATCH);
    return take(left.subList(0, batch), from, me)
        .thenCompose(
            taken ->
                taken == 0
                    ? CompletableFuture.completedFuture(0)
                    : takeAll(left.subList(batch, left.size()), from, me)
                        .thenApply(more -> taken + more));
  }

  private CompletableFuture<Integer> take(List<String> ids, String from, String me) {
    return answered(ids, from, me).thenApply(List::size);
  }

  /**
   * Takes runs and goes on with them in one transaction: an event that comes in between would begin
   * what is then thought to be interrupted.
   */
  private List<Run> takeNow(Tx tx, List<String> ids, String from, String me) {
    List<String> theirs =
        ids.stream()
            .filter(id -> ports.runs().owner(tx, id).filter(from::equals).isPresent())
            .toList();
    List<Run> taken = ports.runs().takeOver(tx, theirs, from, me);
    for (Run run : taken) {
      try {
        Run unused = advance.by(tx, run, new RunEvent.Recovered(tools.clock().instant()));
      } catch (IllegalStateException e) {
        LOG.error("run {} was taken over and stands as it was", run.id(), e);
      }
    }
    return taken;
  }

  /**
   * What cannot be committed may have been committed all the same: the same runs are asked for
   * again.
   */
  private CompletableFuture<List<Run>> answered(List<String> ids, String from, String me) {
    return ports
        .ledger()
        .commit(tx -> takeNow(tx, ids, from, me))
        .exceptionallyCompose(
            fault -> {
              if (!(fault instanceof StoreUnavailable) || stopped.getAsBoolean()) {
                return CompletableFuture.failedFuture(fault);
              }
              LOG.warn("takeover from {} will be tried again: {}", from, fault.getMessage());
              return later(() -> answered(ids, from, me));
            });
  }

  private CompletableFuture<List<Run>> later(Supplier<CompletableFuture<List<Run>>> again) {
    CompletableFuture<Boolean> waited = new CompletableFuture<>();
    Object unused =
        tools
            .alarms()
            .schedule(() -> waited.complete(true), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    return waited.thenCompose(done -> again.get());
  }
}
