package dev.firebreak.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.cluster.Bulletin;
import dev.firebreak.cluster.Lease;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Message;
import dev.firebreak.core.SteadyClock;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.Backlog;
import dev.firebreak.engine.Desks;
import dev.firebreak.engine.Engine;
import dev.firebreak.engine.EngineOrders;
import dev.firebreak.engine.EnginePorts;
import dev.firebreak.engine.EngineTools;
import dev.firebreak.engine.GlassDesk;
import dev.firebreak.engine.PromotionDesk;
import dev.firebreak.engine.Rush;
import dev.firebreak.escalation.ChainDesk;
import dev.firebreak.escalation.FollowUpCalls;
import dev.firebreak.escalation.FollowUps;
import dev.firebreak.escalation.ShiftDesk;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.guard.Approvers;
import dev.firebreak.guard.CauseGuard;
import dev.firebreak.guard.Guard;
import dev.firebreak.guard.Guards;
import dev.firebreak.guard.HaltSwitch;
import dev.firebreak.guard.Herald;
import dev.firebreak.guard.LimitDesk;
import dev.firebreak.guard.OwnGuard;
import dev.firebreak.guard.Warning;
import dev.firebreak.guard.blast.BlastGuard;
import dev.firebreak.guard.breaker.BreakerDesk;
import dev.firebreak.guard.breaker.BreakerGuard;
import dev.firebreak.guard.breaker.BreakerWatch;
import dev.firebreak.guard.breaker.SuspicionGuard;
import dev.firebreak.guard.freeze.Freeze;
import dev.firebreak.guard.freeze.FreezeBook;
import dev.firebreak.guard.freeze.FreezeDesk;
import dev.firebreak.guard.freeze.FreezeGuard;
import dev.firebreak.guard.freeze.FreezeSettings;
import dev.firebreak.guard.opa.OpaGuard;
import dev.firebreak.guard.policy.PolicyGuard;
import dev.firebreak.guard.promotion.PromotionGuard;
import dev.firebreak.guard.recurrence.FlappingGuard;
import dev.firebreak.guard.recurrence.Repetitions;
import dev.firebreak.guard.storm.StormGuard;
import dev.firebreak.guard.storm.StormNews;
import dev.firebreak.notify.Audience;
import dev.firebreak.notify.Codes;
import dev.firebreak.notify.ContactDesk;
import dev.firebreak.notify.GateNotice;
import dev.firebreak.notify.GateOutcome;
import dev.firebreak.notify.Tidings;
import dev.firebreak.notify.Trials;
import dev.firebreak.notify.UnheardDesk;
import dev.firebreak.notify.WarningNotice;
import dev.firebreak.observe.JournalLog;
import dev.firebreak.observe.Metrics;
import dev.firebreak.oncall.DutyDesk;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.outbox.WakingOutbox;
import dev.firebreak.postmortem.PostmortemDesk;
import dev.firebreak.postmortem.PostmortemPorts;
import dev.firebreak.run.Incident;
import dev.firebreak.run.RunListener;
import dev.firebreak.runbook.RunbookFolder;
import dev.firebreak.store.BackupFolder;
import dev.firebreak.store.Database;
import dev.firebreak.ticket.Ticket;
import dev.firebreak.ticket.TicketMessages;
import dev.firebreak.web.LiveFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine and the desks around it, on an open database. Nothing runs before {@link Clockwork}.
 */
final class House {
  private static final Logger LOG = LoggerFactory.getLogger(House.class);
  private static final int LISTENING_PAGES = 200;

  /** Attempts of one kind of action at once: so many that read, and so many that change. */
  private static final int AT_ONCE = 64;

  final FirebreakConfiguration config;
  final Equipage equipage;
  final Database database;
  final SteadyClock clock;
  final ObjectMapper json;
  final Metrics metrics = new Metrics();
  final LiveFeed feed = new LiveFeed(LISTENING_PAGES);
  final Ledger ledger;
  final WakingOutbox outbox;
  final BackupFolder backups;
  final Ids ids;
  final HaltSwitch halt;
  final FreezeDesk freezes;
  final Herald herald;
  final BreakerDesk breakers;
  final LimitDesk limits;
  final PromotionDesk promotions;
  final Lease lease;
  final Bulletin bulletin;
  final RunbookFolder runbooks;
  final DutyDesk duty;
  final Seats seats;
  final ShiftDesk shifts;
  final FollowUps followUps;
  final Backlog backlog;
  final StormNews storms;
  private final ChainDesk chains;
  final PostmortemDesk postmortems;
  final List<RunListener> listeners;
  final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  final ScheduledExecutorService alarms = Alarms.start();
  final Trials trials;
  final ContactDesk contacts;
  final UnheardDesk unheard;
  final Rush rush = new Rush();
  final Engine engine;
  final GlassDesk glass;
  private final FreezeBook freezeBook;
  final EngineOrders orders;

  House(
      FirebreakConfiguration config,
      Equipage equipage,
      Database database,
      ObjectMapper json,
      SteadyClock clock,
      List<RunListener> others) {
    this.config = config;
    this.equipage = equipage;
    this.database = database;
    this.json = json;
    this.clock = clock;
    ids = new Ids(clock);
    lease = Cluster.lease(database, clock.wall());
    bulletin = database.bulletin();
    outbox = new WakingOutbox(database.outbox());
    ledger = metrics.ledger().measured(database.ledger());
    backups = new BackupFolder(database.backups(), config.backup(), config.data(), clock);
    List<Freeze> written = freezes(config);
    freezeBook =
        new FreezeBook(
            () -> Stream.concat(written.stream(), equipage.freezes.current().stream()).toList(),
            database.freezes());
    freezes = new FreezeDesk(ledger, freezeBook, database.freezes(), ids, clock);
    halt = new HaltSwitch(config.data().resolve("HALT"));
    listeners =
        Stream.concat(
                Stream.of(metrics.runs(), feed, new JournalLog(), new Announcer(bulletin)),
                others.stream())
            .toList();
    herald = new Herald(database.incidents(), database.journal(), outbox, listeners, this::warning);
    breakers = new BreakerDesk(ledger, database.breakers(), herald, clock);
    runbooks =
        new RunbookFolder(
            config.runbooks().path(),
            equipage.loader,
            version -> ledger.read(tx -> database.runbookVersions().source(tx, version)));
    limits =
        new LimitDesk(
            ledger, database.intents(), database.locks(), config.guards(), runbooks, clock);
    promotions =
        new PromotionDesk(
            new PromotionDesk.Parts(ledger, database.promotions(), runbooks, database.journal()),
            config.promotion(),
            clock);
    postmortems =
        new PostmortemDesk(
            new PostmortemPorts(
                ledger,
                database.incidents(),
                database.alerts(),
                database.journal(),
                database.artifacts()),
            equipage.templates,
            config.baseUrl(),
            json);
    trials = new Trials(equipage.channels, threads, config.baseUrl(), clock);
    contacts =
        new ContactDesk(
            new ContactDesk.Parts(ledger, database.contactProofs(), database.journal()),
            config.people(),
            equipage.channels,
            threads,
            new Codes(),
            config.baseUrl(),
            clock);
    duty = new DutyDesk(config.schedules(), database.covers(), database.absences());
    seats = new Seats(config.teams(), duty, ledger, clock);
    shifts =
        new ShiftDesk(
            new ShiftDesk.Parts(
                ledger, duty, database.covers(), database.absences(), database.journal()),
            Equipage.people(config),
            ids,
            clock);
    unheard =
        new UnheardDesk(
            database.unheard(), outbox, database.journal(), listeners, ids, config.alarms());
    chains =
        new ChainDesk(
            config.escalations(),
            equipage.reach.asking(duty),
            database.escalations(),
            this::severity,
            outbox,
            ids);
    followUps = followUps();
    storms =
        new StormNews(
            ledger,
            database.storms(),
            database.automation(),
            outbox,
            config.storm().tell().isEmpty() ? config.alarms() : config.storm().tell(),
            clock);
    EnginePorts ports = ports();
    Desks desks = desks();
    EngineTools tools = tools();
    engine = new Engine(ports, desks, tools);
    glass =
        new GlassDesk(
            ledger,
            new GlassDesk.Ports(
                desks.gateDesk(),
                database.reviews(),
                database.incidents(),
                herald,
                engine::decided),
            Set.copyOf(config.breakGlass().named()),
            ids,
            clock);
    orders =
        new EngineOrders(engine, ports, desks, tools, ledger.read(database.automation()::read));
    orders.lookAtAutomation();
    backlog = backlog();
  }

  private Backlog backlog() {
    return new Backlog(
        new Backlog.Parts(
            ledger, database.automation(), database.runs(), database.incidents(), runbooks),
        orders,
        followUps::addResponder,
        clock);
  }

  private FollowUps followUps() {
    return new FollowUps(
        new FollowUps.Parts(
            ledger,
            database.incidents(),
            database.journal(),
            database.escalations(),
            database.attentions(),
            outbox),
        config.escalations(),
        equipage.reach.asking(duty),
        chains,
        listeners,
        ids,
        clock);
  }

  private EnginePorts ports() {
    return new EnginePorts(
        ledger,
        database.runs(),
        database.incidents(),
        database.journal(),
        database.artifacts(),
        database.alerts(),
        outbox,
        runbooks,
        database.runbookVersions(),
        database.mail(),
        database.signals());
  }

  private Desks desks() {
    Guards.Ports read =
        new Guards.Ports(
            database.automation(), database.alerts(), database.intents(), database.locks());
    return new Desks(
        new Guards(read, halt, config.guards(), () -> Room.below(config.data()), otherGuards()),
        halt,
        database.automation(),
        database.intents(),
        database.locks(),
        database.gates(),
        new GateDesk(database.gates(), Approvers.ANYONE, equipage.secrets.masker(), seats::people),
        new FollowUpCalls(chains, followUps),
        this::announce,
        this::tidings);
  }

  private String severity(Tx tx, String incidentId) {
    return database.incidents().find(tx, incidentId).map(Incident::severity).orElse("");
  }

  private static List<Freeze> freezes(FirebreakConfiguration config) {
    return config.freezes().stream().map(FreezeSettings::freeze).toList();
  }

  private Guards.Others otherGuards() {
    StormGuard storm =
        new StormGuard(
            database.intents(),
            database.automation(),
            config.storm(),
            config.guards().global(),
            storms,
            () -> threads.execute(this::storm));
    Guard own = new OwnGuard(OwnParts.of(config), config.own().allow());
    List<Guard> rules = new ArrayList<>();
    if (!config.blast().isEmpty()) {
      rules.add(new BlastGuard(database.locks(), database.intents(), config.blast()));
    }
    rules.add(breaker());
    rules.add(suspicion());
    rules.add(new FlappingGuard(database.alerts(), config.flapping(), herald, repetitions()));
    rules.add(new PolicyGuard(equipage.policies::current));
    equipage.opa().map(OpaGuard::new).ifPresent(rules::add);
    return new Guards.Others(
        List.of(own, new CauseGuard(config.causes()), new FreezeGuard(freezeBook), storm),
        rules,
        config.promotion().required()
            ? List.of(
                new PromotionGuard(config.promotion(), database.promotions(), database.runs()))
            : List.of());
  }

  private Repetitions repetitions() {
    String system = config.repetition().systemOf(config.tickets().keySet());
    return new Repetitions(
        database.intents(),
        database.incidents(),
        config.repetition(),
        herald,
        ids,
        (incident, key, news) ->
            system.isEmpty()
                ? Optional.empty()
                : Optional.of(TicketMessages.news(incident, system, key, news)));
  }

  private Guard suspicion() {
    return new SuspicionGuard(database.breakers(), config.suspicion(), herald, ids);
  }

  private Guard breaker() {
    return new BreakerGuard(
        database.breakers(), new BreakerWatch(database.breakers(), config.breakers(), herald, ids));
  }

  private List<Message> warning(Warning warning) {
    return new WarningNotice(warning.incidentId(), warning.key(), warning.owner())
        .messages(
            config.teams(),
            config.people(),
            config.alarms(),
            warning.subject(),
            warning.text(),
            config.baseUrl() + warning.path());
  }

  private void storm() {
    LOG.error("storm: more changes than usual, every change asks a human first: /automation");
    bulletin.tell(new Bulletin.Word(Bulletin.Kind.AUTOMATION, ""));
    try {
      orders.lookAtAutomation();
    } catch (StoreUnavailable e) {
      LOG.warn("that automation asks is shown later: {}", e.getMessage());
    }
  }

  private EngineTools tools() {
    return new EngineTools(
        equipage.actions::get,
        equipage.secrets.masker(),
        threads,
        alarms,
        ids,
        clock,
        listeners,
        config.baseUrl(),
        lease,
        bulletin,
        AT_ONCE,
        AT_ONCE,
        rush);
  }

  private List<Message> announce(Tx tx, Gate gate) {
    if (gate.status() != Gate.Status.OPEN) {
      return equipage.channels.anyAnswering()
          ? List.of(
              GateOutcome.message(gate.id(), gate.incidentId(), gate.question(), gate.outcome()))
          : List.of();
    }
    GateNotice notice =
        new GateNotice(
            gate.id(),
            gate.walk(),
            gate.incidentId(),
            gate.runId(),
            gate.question(),
            gate.why(),
            gate.plan(),
            seats.taken(tx, gate.by().get(gate.walk())),
            gate.expiresAt());
    List<Message> messages =
        new ArrayList<>(
            notice.messages(
                audience(tx, notice), config.alarms(), config.baseUrl(), gate.planHash()));
    messages.addAll(
        notice.invitations(
            config.decisions().contacts(notice.by(), config.teams(), config.people()),
            config.baseUrl(),
            gate.planHash(),
            gate.closesAt()));
    return messages;
  }

  /** Where somebody is asked whom nobody can tell, those who answer for the incident hear of it. */
  private Audience audience(Tx tx, GateNotice notice) {
    Audience audience =
        Audience.of(notice.by(), config.teams(), config.people(), config.decisions()::carriesLink);
    return audience.silent().isEmpty()
        ? audience
        : database
            .incidents()
            .find(tx, notice.incidentId())
            .map(incident -> audience.and(config.teams().channelsOf(List.of(incident.owner()))))
            .orElse(audience);
  }

  private List<Message> tidings(Tx tx, Incident incident) {
    List<Message> messages =
        new ArrayList<>(new Tidings(equipage.channels, outbox).of(tx, incident));
    if (incident.status() == Incident.Status.RESOLVED) {
      messages.addAll(farewell(tx, incident.id()));
    }
    return messages;
  }

  /** Every ticket an incident has, or is about to have, hears that it is over. */
  private List<Message> farewell(Tx tx, String incidentId) {
    Set<String> systems =
        database.tickets().ofIncident(tx, incidentId).stream()
            .map(Ticket::system)
            .collect(Collectors.toCollection(TreeSet::new));
    for (Outbox.Entry entry : outbox.ofIncident(tx, incidentId)) {
      if (entry.message().kind().equals(TicketMessages.KIND)
          && entry.message().payload().get("system") instanceof String system) {
        systems.add(system);
      }
    }
    List<Message> messages = new ArrayList<>();
    systems.forEach(system -> messages.add(TicketMessages.resolved(incidentId, system)));
    return messages;
  }
}
