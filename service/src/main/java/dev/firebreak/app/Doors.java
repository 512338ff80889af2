package dev.firebreak.app;

import dev.firebreak.access.DecisionLink;
import dev.firebreak.access.SessionDesk;
import dev.firebreak.access.SetupDesk;
import dev.firebreak.access.TokenDesk;
import dev.firebreak.api.ApiDesks;
import dev.firebreak.api.ApiRecords;
import dev.firebreak.api.ApiRoom;
import dev.firebreak.api.BackupsResource;
import dev.firebreak.api.ManualStarts;
import dev.firebreak.api.WebhookRoom;
import dev.firebreak.core.Durations;
import dev.firebreak.intake.Intake;
import dev.firebreak.intake.IntakeStores;
import dev.firebreak.intake.SourceSettings;
import dev.firebreak.intake.Sources;
import dev.firebreak.observe.ObserveRoom;
import dev.firebreak.observe.Readiness;
import dev.firebreak.observe.StateMetrics;
import dev.firebreak.postmortem.PostmortemDesk;
import dev.firebreak.store.Backups;
import dev.firebreak.store.Database;
import dev.firebreak.store.DatabaseSettings;
import dev.firebreak.web.Desks;
import dev.firebreak.web.Door;
import dev.firebreak.web.Shelves;
import dev.firebreak.web.WebRoom;
import io.dropwizard.core.setup.Environment;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every way in: webhooks, API, console, metrics. */
final class Doors {
  /** A crank that has not turned for so long stands still. */
  private static final Duration STANDSTILL = Duration.ofSeconds(30);

  /** More unheard messages than this are as bad as this many. */
  private static final int MANY = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

  private final House house;
  private final Database database;
  private final TokenDesk tokens;
  private final SessionDesk sessions;
  private final SetupDesk setup;

  Doors(House house) {
    this.house = house;
    this.database = house.database;
    tokens = new TokenDesk(house.ledger, database.tokens(), house.ids, house.clock);
    sessions = new SessionDesk(house.ledger, database.tokens(), tokens, house.clock);
    setup = new SetupDesk(house.ledger, database.tokens(), tokens, house.ids, house.clock);
  }

  /** Forgets sessions that are over. */
  void sweep() {
    var swept = sessions.sweep(house.clock.instant());
    swept.whenComplete(
        (count, fault) -> {
          if (fault != null) {
            LOG.warn("sessions that are over are not forgotten yet: {}", fault.getMessage());
          }
        });
  }

  /** The link that makes the first admin; empty once there is one. */
  Optional<String> setupLink() {
    return setup.link(house.config.baseUrl()).join();
  }

  /** Where tokens are issued. */
  TokenDesk tokens() {
    return tokens;
  }

  void register(Environment environment, Clockwork clockwork) {
    Intake intake = intake();
    ApiRecords records = records();
    ApiDesks desks = apiDesks();
    ApiRoom.register(
        house.config.getServerFactory(),
        environment,
        records,
        desks,
        starts(records, desks),
        house.clock);
    WebhookRoom.register(
        environment.jersey(),
        intake,
        house.ledger,
        database.deliveries(),
        house.equipage.secrets.masker(),
        house.threads,
        house.rush);
    web().register(environment.jersey());
    house.metrics.state().automation(house.orders::automation);
    house.metrics.state().haltedParts(house.orders::haltedParts);
    house.metrics.state().limits(house.limits::limits);
    if (database.shared()) {
      house.metrics.state().lease(house.lease::left);
    }
    house.metrics.state().queue(StateMetrics.Queue.COMMITS, database::waiting);
    house
        .metrics
        .state()
        .queue(
            StateMetrics.Queue.UNHEARD,
            () -> house.ledger.read(tx -> database.unheard().open(tx, MANY)).size());
    house
        .metrics
        .state()
        .queue(
            StateMetrics.Queue.HALTED,
            () -> house.backlog.heaps().stream().mapToInt(heap -> heap.runs().size()).sum());
    house
        .metrics
        .state()
        .queue(
            StateMetrics.Queue.BREAKERS,
            () -> house.ledger.read(tx -> database.breakers().open(tx)).size());
    house
        .metrics
        .state()
        .queue(
            StateMetrics.Queue.CONTACTS,
            () -> house.contacts.all().stream().filter(one -> one.provenAt() == null).count());
    ObserveRoom.register(environment, house.metrics, readiness(clockwork));
    environment.healthChecks().register("timers", new TimersTurn(() -> standstill(clockwork)));
  }

  private Optional<String> standstill(Clockwork clockwork) {
    Duration since = Duration.between(clockwork.lastTurn(), house.clock.instant());
    return since.compareTo(STANDSTILL) > 0
        ? Optional.of("the timers have not turned for " + Durations.text(since))
        : Optional.empty();
  }

  private Intake intake() {
    return new Intake(
        Sources.of(house.config.sources(), house.equipage.secrets),
        house.runbooks,
        house.ledger,
        new IntakeStores(
            database.deliveries(),
            database.alerts(),
            database.incidents(),
            database.runs(),
            database.journal()),
        house.orders,
        house.metrics.webhooks().listener(this::typeOf),
        new Listeners(house.listeners),
        house.ids,
        house.clock);
  }

  private String typeOf(String source) {
    return house.config.sources().stream()
        .filter(known -> known.name().equals(source))
        .map(SourceSettings::type)
        .findFirst()
        .orElse("");
  }

  private ManualStarts starts(ApiRecords records, ApiDesks desks) {
    return new ManualStarts(records, desks, new Listeners(house.listeners), house.ids, house.clock);
  }

  private ApiRecords records() {
    return new ApiRecords(
        house.ledger,
        database.incidents(),
        database.runs(),
        database.gates(),
        database.journal(),
        database.artifacts(),
        new ApiRecords.Around(
            database.alerts(), database.deliveries(), database.tickets(), database.escalations()));
  }

  private ApiDesks apiDesks() {
    return new ApiDesks(
        house.orders,
        house.runbooks,
        (file, text) -> house.equipage.loader.load(file, text).problems(),
        incident -> postmortem(incident, PostmortemDesk.WHOLE),
        house.seats,
        tokens,
        sessions,
        house.freezes,
        house.breakers,
        house.glass,
        house.limits,
        house.promotions,
        house.config.database().type() == DatabaseSettings.Type.H2 ? this::backup : null,
        house.trials,
        house.contacts,
        house.equipage.channels,
        house.shifts,
        house.followUps,
        house.backlog,
        new ApiDesks.Buttons(house.config.people(), house.threads),
        new ApiDesks.Subscriptions(
            house.equipage.seal(house.config, ApiDesks.Subscriptions.PURPOSE),
            house.config.baseUrl()));
  }

  private Optional<String> postmortem(String incident, int lines) {
    return house.postmortems.draft(incident, house.clock.instant(), lines);
  }

  private BackupsResource.BackupDoc backup() {
    Backups.Made made = house.backups.add();
    return new BackupsResource.BackupDoc(
        made.file().toString(), made.bytes(), made.sha256(), made.took().toMillis());
  }

  private WebRoom web() {
    return new WebRoom(
        new Shelves(
            house.ledger,
            database.incidents(),
            database.runs(),
            database.journal(),
            database.artifacts(),
            database.alerts(),
            house.runbooks),
        new Desks(
            database.gates(),
            database.escalations(),
            database.tickets(),
            house.outbox,
            database.automation(),
            house.freezes,
            house.breakers,
            house.glass,
            house.limits,
            house.promotions,
            (incident, whole) ->
                postmortem(incident, whole ? PostmortemDesk.WHOLE : PostmortemDesk.GLANCE),
            house.trials,
            house.contacts,
            house.shifts,
            house.followUps,
            new Desks.Silence(database.unheard(), house.unheard),
            house.backlog),
        new Door(
            sessions,
            setup,
            house.seats,
            new Door.Letters(house.equipage.seal(house.config, DecisionLink.PURPOSE), tokens),
            house.config.baseUrl().startsWith("https:")),
        house.orders,
        house.feed,
        house.threads,
        house.clock);
  }

  private Readiness readiness(Clockwork clockwork) {
    return new Readiness(
        Map.of(
            "database", () -> database.fault().map(Throwable::getMessage),
            "timers", () -> standstill(clockwork)));
  }
}
