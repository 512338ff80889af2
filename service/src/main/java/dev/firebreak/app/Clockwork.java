package dev.firebreak.app;

import dev.firebreak.access.DecisionLink;
import dev.firebreak.core.Durations;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Tx;
import dev.firebreak.notify.DeliveryRecord;
import dev.firebreak.notify.GateOutcome;
import dev.firebreak.notify.IncidentFacts;
import dev.firebreak.notify.NotifyCourier;
import dev.firebreak.notify.TicketLinks;
import dev.firebreak.outbox.Dispatcher;
import dev.firebreak.outbox.OutboxListener;
import dev.firebreak.runbook.Problem;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookFolder;
import dev.firebreak.schedule.Calendar;
import dev.firebreak.schedule.Crank;
import dev.firebreak.store.Housekeeping;
import dev.firebreak.ticket.TicketCourier;
import dev.firebreak.ticket.TicketPorts;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What moves by itself: timers, messages, the calendar; started last and stopped first. */
final class Clockwork implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);
  private static final Duration TO_FINISH = Duration.ofSeconds(20);
  private static final Duration FORGET_NODES = Duration.ofHours(1);

  private final House house;
  private final Dispatcher dispatcher;
  private final Housekeeping housekeeping;
  private final Hold hold;
  private final Crank crank;
  private final Crank mail;
  private final Calendar calendar = Calendar.alone("firebreak-here");
  private final Calendar common;
  private final Cluster cluster;

  Clockwork(House house) {
    this.house = house;
    dispatcher =
        new Dispatcher(
            house.ledger,
            house.outbox,
            List.of(
                tickets(),
                notices(),
                new GateOutcome(house.equipage.channels, house.ledger, house.outbox)),
            house.threads,
            OutboxListener.all(
                List.of(
                    new DeliveryRecord(house.database.journal(), house.listeners),
                    house.unheard,
                    house.metrics.messages())),
            house.clock);
    housekeeping =
        new Housekeeping(
            house.database,
            house.config.retention(),
            () -> Windows.longest(house.config.guards(), house.runbooks));
    hold = new Hold(house.database.restoredAndHalted(), house.orders::automation);
    cluster = new Cluster(house, hold);
    common =
        house.database.shared()
            ? Calendar.ofAll("firebreak", house.lease.node(), house.database.quartz())
            : calendar;
    crank = new Crank("crank", house.clock, List.of(hold, house.engine));
    mail = new Crank("mail", house.clock, List.of(dispatcher));
  }

  private TicketCourier tickets() {
    return new TicketCourier(
        new TicketPorts(
            house.ledger,
            house.database.incidents(),
            house.database.runs(),
            house.database.journal(),
            house.database.artifacts(),
            house.database.tickets(),
            new Listeners(house.listeners)),
        house.equipage.tickets,
        name -> house.equipage.templates.get(name, dev.firebreak.expression.Escape.TEXT),
        house.config.baseUrl(),
        house.clock,
        house.json);
  }

  private NotifyCourier notices() {
    return new NotifyCourier(
            house.equipage.channels,
            house.equipage.templates,
            new IncidentFacts(
                house.ledger,
                house.database.incidents(),
                house.database.runs(),
                this::links,
                house.config.baseUrl()),
            house.threads)
        .sealing(house.equipage.seal(house.config, DecisionLink.PURPOSE), house.config.baseUrl());
  }

  private List<TicketLinks.Link> links(Tx tx, String incidentId) {
    return house.database.tickets().ofIncident(tx, incidentId).stream()
        .map(ticket -> new TicketLinks.Link(ticket.system(), ticket.ref(), ticket.url()))
        .toList();
  }

  /** When the crank last turned whose last turn is longest ago. */
  java.time.Instant lastTurn() {
    return Collections.min(List.of(crank.lastTurn(), mail.lastTurn()));
  }

  @Override
  public void start() {
    house.engine.onEarlier(crank::wake);
    house.outbox.carriedBy(
        () -> !hold.on() && house.lease.holds(), dispatcher::take, dispatcher::wake);
    house.runbooks.onChange(this::keep);
    cluster.start();
    crank.start();
    mail.start();
    common.every("housekeeping", house.config.retention().every(), this::sweep);
    calendar.every("reload runbooks", house.config.runbooks().reload(), this::reload);
    common.every("forget nodes", FORGET_NODES, cluster::forget);
    calendar.start();
    if (common != calendar) {
      common.start();
    }
  }

  /** To be called once, when the service can be reached. */
  void opened() {
    cluster.takeUp();
  }

  private void sweep() {
    try {
      Housekeeping.Swept unused = housekeeping.sweep(house.clock.instant());
    } catch (StoreUnavailable e) {
      LOG.warn("housekeeping goes on later: {}", e.getMessage());
    }
  }

  /** Calls work again and again, once for all nodes. To be called before the service starts. */
  void everyForAll(String name, Duration period, Runnable work) {
    common.every(name, period, work);
  }

  /** Calls work again and again while this node runs. To be called before it starts. */
  void every(String name, Duration period, Runnable work) {
    calendar.every(name, period, work);
  }

  private void keep(List<Runbook> runbooks) {
    var kept =
        house.ledger.commit(
            tx -> {
              runbooks.forEach(
                  book ->
                      house
                          .database
                          .runbookVersions()
                          .keep(
                              tx,
                              book.version(),
                              book.name(),
                              book.source(),
                              house.clock.instant()));
              return runbooks.size();
            });
    kept.whenComplete(
        (count, fault) -> {
          if (fault != null) {
            LOG.warn("the new runbook versions are not kept yet: {}", fault.getMessage());
          }
        });
  }

  private void reloadPolicies() {
    try {
      if (house.equipage.policies.reload()) {
        LOG.info("policies taken over");
      }
    } catch (IllegalArgumentException e) {
      LOG.warn("policies not taken over, the old ones stay: {}", e.getMessage());
    }
  }

  private void reloadFreezes() {
    try {
      if (house.equipage.freezes.reload()) {
        LOG.info("freezes of calendars taken over");
      }
    } catch (IllegalArgumentException e) {
      LOG.warn("freezes of calendars not taken over, the old ones stay: {}", e.getMessage());
    }
  }

  private void reload() {
    reloadPolicies();
    reloadFreezes();
    RunbookFolder.Reload look = house.runbooks.reload();
    if (look.changed()) {
      look.problems().stream().map(Problem::asLine).forEach(LOG::warn);
      LOG.info(look.taken() ? "runbooks taken over" : "runbooks not taken over: the old ones stay");
    }
  }

  /** Stops taking up work, waits for what is at work, and leaves the rest for the next start. */
  @Override
  public void stop() {
    LOG.info(
        "stops: takes up nothing new, and waits up to {} for what is at work",
        Durations.text(TO_FINISH));
    house.engine.stop();
    housekeeping.stop();
    common.close();
    calendar.close();
    crank.close();
    mail.close();
    dispatcher.stop();
    cluster.stop();
    house.feed.stop();
    long end = System.nanoTime() + TO_FINISH.toNanos();
    while (house.engine.running() > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    house.alarms.shutdown();
    cluster.leave(house.ledger);
    house.database.close();
    LOG.info("stopped");
  }
}
