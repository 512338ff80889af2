package dev.firebreak.app;

import dev.firebreak.cluster.Bulletin;
import dev.firebreak.cluster.Lease;
import dev.firebreak.cluster.Membership;
import dev.firebreak.cluster.Node;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.schedule.Crank;
import dev.firebreak.store.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This process as one of several on its database; or as the only one, on a file. */
final class Cluster {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  /** How long a node may be silent before others take its runs over. */
  private static final Duration LEASE = Duration.ofSeconds(10);

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A node that was away for longer must begin anew. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final House house;
  private final Hold hold;
  private final Membership membership;
  private final LeftMessages messages;
  private final Crank heart;
  private final Crank looks;

  Cluster(House house, Hold hold) {
    this.house = house;
    this.hold = hold;
    membership =
        new Membership(
            house.database.aside(), house.database.nodes(), house.lease, house.clock, Cluster::end);
    messages = new LeftMessages(house.ledger, house.outbox, house.alarms, house.database.shared());
    heart = new Crank("lease", house.clock, List.of(membership));
    looks = new Crank("cluster", house.clock, List.of(this::look));
  }

  /** The lease of a process that begins. */
  static Lease lease(Database database, InstantSource clock) {
    return database.shared()
        ? new Lease(database.node(), LEASE, clock, System::nanoTime)
        : Lease.forever(database.node());
  }

  /** Joins the nodes on this database. */
  void start() {
    membership.join(host(), !house.database.shared());
    if (house.database.shared()) {
      long alive =
          house.ledger.read(house.database.nodes()::list).stream().filter(Node::alive).count();
      LOG.info("this is {} on {}, one of {} alive", house.lease.node(), host(), alive);
      house.bulletin.listen(this::heard);
      heart.start();
    }
  }

  /**
   * Begins to look for what others left: when the doors are open, so that a webhook need not wait
   * for all that waits.
   */
  void takeUp() {
    if (!hold.on()) {
      house.engine.takeOver();
      messages.take();
    }
    if (house.database.shared() || hold.on()) {
      looks.start();
    }
  }

  private Optional<Instant> look(Instant now) {
    try {
      house.orders.lookAtAutomation();
      if (!hold.on()) {
        house.engine.readMail();
        house.engine.takeOver();
        messages.take();
      }
    } catch (StoreUnavailable e) {
      LOG.warn("what other nodes do cannot be seen now: {}", e.getMessage());
    }
    return Optional.of(now.plus(LOOK));
  }

  /** Forgets nodes that are long gone, and letters to runs that have ended. */
  void forget() {
    house
        .ledger
        .commit(
            tx ->
                house.database.nodes().forget(tx, REMEMBERED)
                    + house.database.mail().clear(tx, house.clock.instant().minus(REMEMBERED)))
        .whenComplete(
            (count, fault) -> {
              if (fault != null) {
                LOG.warn("nodes that are gone are forgotten later: {}", fault.getMessage());
              }
            });
  }

  private void heard(Bulletin.Word word) {
    switch (word.kind()) {
      case MAIL -> looks.wake();
      case INCIDENT -> house.feed.moved(word.id());
      case AUTOMATION -> looks.wake();
      case MISSED -> {
        looks.wake();
        house.feed.moved();
      }
    }
  }

  /** Whatever an orderly stop would still do, this process may not. A crash is always safe. */
  private static void end() {
    System.err.println("another process is this very node: this one ends at once; start it anew");
    Runtime.getRuntime().halt(1);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Looks no more for what others left. */
  void stop() {
    looks.close();
  }

  /**
   * Says that this node is gone, so that others take its runs at once: after all that it has to say
   * of them.
   */
  void leave(Ledger ledger) {
    heart.close();
    try {
      boolean unused =
          ledger.commit(tx -> true).completeOnTimeout(false, 5, TimeUnit.SECONDS).join();
    } catch (CompletionException | StoreUnavailable e) {
      LOG.warn("the last outcomes are not recorded: {}", e.getMessage());
    }
    membership.leave();
  }
}
