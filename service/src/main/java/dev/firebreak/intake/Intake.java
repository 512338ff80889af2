package dev.firebreak.intake;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Delivery;
import dev.firebreak.alert.Headers;
import dev.firebreak.alert.Parsed;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Ledger;
import dev.firebreak.engine.Orders;
import dev.firebreak.run.RunListener;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Runbooks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Takes deliveries in: checks who sent them, reads them, matches their alerts with the runbooks in
 * force, and commits all that follows in one transaction. Thread-safe.
 */
public final class Intake {
  /** With more alerts, a receipt does not name the runbooks whose conditions are simply false. */
  private static final int BRIEF_FROM = 100;

  private final Sources sources;
  private final Runbooks runbooks;
  private final Ledger ledger;
  private final Admission admission;
  private final IntakeListener listener;
  private final Ids ids;
  private final InstantSource clock;

  /**
   * The intake of the service.
   *
   * @param listener is told of every delivery and refusal, for metrics
   * @param runListener is told of opened incidents and of journal lines, after the commit
   */
  public Intake(
      Sources sources,
      Runbooks runbooks,
      Ledger ledger,
      IntakeStores stores,
      Orders orders,
      IntakeListener listener,
      RunListener runListener,
      Ids ids,
      InstantSource clock) {
    this.sources = sources;
    this.runbooks = runbooks;
    this.ledger = ledger;
    this.admission = new Admission(stores, orders, runListener, ids);
    this.listener = listener;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * The source of a request's path.
   *
   * @throws IntakeRefused when there is none
   */
  public Source source(String name) {
    Optional<Source> source = sources.find(name);
    if (source.isEmpty()) {
      listener.refused("", IntakeRefused.Kind.UNKNOWN_SOURCE);
      throw new IntakeRefused(
          IntakeRefused.Kind.UNKNOWN_SOURCE,
          "there is no source of this name: see 'sources' in the configuration");
    }
    return source.get();
  }

  /**
   * Takes one request in.
   *
   * @return its delivery with the receipt, once that is durable; fails with {@link IntakeRefused}
   *     when it is not taken in, and with {@link dev.firebreak.core.StoreUnavailable} when it could
   *     not be stored
   */
  public CompletableFuture<Delivery> receive(Post post) {
    try {
      Source source = source(post.source());
      Instant now = clock.instant();
      check(source, post, now);
      Parsed parsed = Caused.by(post.headers(), source.parse(post.body(), post.headers(), now));
      Actor by = new Actor(Actor.Kind.SOURCE, source.name());
      return admit(post, parsed, now, null, by);
    } catch (IntakeRefused e) {
      refused(post.source(), e);
      return CompletableFuture.failedFuture(e);
    }
  }

  private static void check(Source source, Post post, Instant now) {
    source.beforeBody(post.headers(), post.mediaType(), post.body().length, post.loopback());
    source.withBody(post.headers(), post.body(), now);
  }

  /** Tells the listener of a request that was refused before its body was read. */
  public void refused(String source, IntakeRefused refusal) {
    if (refusal.kind() != IntakeRefused.Kind.UNKNOWN_SOURCE) {
      listener.refused(source, refusal.kind());
    }
  }

  /**
   * Reads the stored body of a delivery again, with the runbooks of today, as a new delivery. What
   * was started stays started: deduplication holds. The mapping sees no headers.
   *
   * @return as {@link #receive}
   */
  public CompletableFuture<Delivery> replay(String deliveryId, Actor by) {
    try {
      Delivery old =
          ledger
              .read(tx -> admission.stores().deliveries().find(tx, deliveryId))
              .orElseThrow(
                  () ->
                      new IntakeRefused(
                          IntakeRefused.Kind.UNKNOWN_DELIVERY, "there is no such delivery"));
      Post post = new Post(old.source(), Headers.NONE, old.mediaType(), old.body(), false);
      Instant now = clock.instant();
      Parsed parsed = source(old.source()).parse(old.body(), Headers.NONE, now);
      return admit(post, parsed, now, deliveryId, by);
    } catch (IntakeRefused e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Delivery> admit(
      Post post,
      Parsed parsed,
      Instant now,
      @org.jspecify.annotations.Nullable String replayOf,
      Actor by) {
    Incoming incoming =
        new Incoming(
            ids.next("dlv"),
            post.source(),
            now,
            post.mediaType(),
            post.body(),
            parsed,
            matches(parsed),
            replayOf,
            by);
    return ledger
        .commit(tx -> admission.admit(tx, incoming))
        .thenApply(
            delivery -> {
              listener.received(delivery);
              return delivery;
            });
  }

  /** Asked here and not in the transaction: it may take a while, and needs nothing of it. */
  private List<Matches> matches(Parsed parsed) {
    List<Runbook> current = runbooks.current();
    boolean brief = parsed.items().size() > BRIEF_FROM;
    List<Matches> matches = new ArrayList<>();
    for (Parsed.Item item : parsed.items()) {
      matches.add(
          item instanceof Parsed.Read read && read.alert().status() == Alert.Status.FIRING
              ? Matches.of(current, read.alert(), brief)
              : Matches.NONE);
    }
    return matches;
  }
}
