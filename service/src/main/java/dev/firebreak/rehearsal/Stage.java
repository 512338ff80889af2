package dev.firebreak.rehearsal;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.cluster.Bulletin;
import dev.firebreak.cluster.Lease;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Masker;
import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.Desks;
import dev.firebreak.engine.Engine;
import dev.firebreak.engine.EngineOrders;
import dev.firebreak.engine.EnginePorts;
import dev.firebreak.engine.EngineTools;
import dev.firebreak.engine.Rush;
import dev.firebreak.gate.Electorate;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.guard.Approvers;
import dev.firebreak.guard.Guard;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Guards;
import dev.firebreak.guard.HaltSwitch;
import dev.firebreak.guard.Herald;
import dev.firebreak.guard.breaker.BreakerGuard;
import dev.firebreak.guard.breaker.BreakerSettings;
import dev.firebreak.guard.breaker.BreakerWatch;
import dev.firebreak.guard.freeze.FreezeBook;
import dev.firebreak.guard.freeze.FreezeGuard;
import dev.firebreak.guard.storm.StormGuard;
import dev.firebreak.guard.storm.StormNews;
import dev.firebreak.guard.storm.StormSettings;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunModel;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookCase;
import dev.firebreak.runbook.Runbooks;
import dev.firebreak.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Stream;

/** The real engine and guards on a database in memory, with scripted actions, in virtual time. */
final class Stage implements AutoCloseable {
  private static final Instant START = VirtualTime.START;
  private static final Duration HORIZON = Duration.ofDays(3);

  private final VirtualTime time = new VirtualTime(START);
  private final Ids ids = new Ids(time);
  private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor();
  private final Database database;
  private final CountingLedger ledger;
  private final StormNews storms;
  private final Engine engine;
  private final EngineOrders orders;
  private volatile Electorate electorate = Electorate.UNKNOWN;

  /**
   * @param folder holds nothing; a halt file in it would halt the rehearsal too
   */
  Stage(
      Database database,
      Runbook runbook,
      Map<String, List<RunbookCase.Stub>> stubs,
      GuardSettings settings,
      Path folder) {
    this(database, OneRunbook.of(runbook, stubs), stubs, settings, folder);
  }

  /** The same, with several runbooks. */
  Stage(
      Database database,
      Runbooks runbooks,
      Map<String, List<RunbookCase.Stub>> stubs,
      GuardSettings settings,
      Path folder) {
    this(database, runbooks, stubs, settings, folder, List.of());
  }

  /** The same, with rules that are asked right before people are. */
  Stage(
      Database database,
      Runbooks runbooks,
      Map<String, List<RunbookCase.Stub>> stubs,
      GuardSettings settings,
      Path folder,
      List<Guard> rules) {
    this(database, runbooks, stubs, settings, folder, rules, List.of());
  }

  /** The same, with guards that have the last word. */
  Stage(
      Database database,
      Runbooks runbooks,
      Map<String, List<RunbookCase.Stub>> stubs,
      GuardSettings settings,
      Path folder,
      List<Guard> rules,
      List<Guard> last) {
    this.database = database;
    ledger = new CountingLedger(database.ledger());
    storms =
        new StormNews(
            database.ledger(),
            database.storms(),
            database.automation(),
            database.outbox(),
            List.of("rehearsal"),
            time);
    HaltSwitch halt = new HaltSwitch(folder.resolve("HALT"));
    Guards guards =
        new Guards(
            new Guards.Ports(
                database.automation(), database.alerts(), database.intents(), database.locks()),
            halt,
            settings,
            () -> Long.MAX_VALUE,
            new Guards.Others(
                List.of(
                    new FreezeGuard(new FreezeBook(List::of, database.freezes())),
                    new StormGuard(
                        database.intents(),
                        database.automation(),
                        StormSettings.USUAL,
                        settings.global(),
                        storms,
                        () -> {})),
                Stream.concat(suspicion().stream(), rules.stream()).toList(),
                last));
    Desks desks =
        new Desks(
            guards,
            halt,
            database.automation(),
            database.intents(),
            database.locks(),
            database.gates(),
            new GateDesk(
                database.gates(),
                Approvers.ANYONE,
                new Masker(),
                (tx, asked, now) -> electorate.people(tx, asked, now)),
            new Somebody(),
            (tx, gate) -> List.of(),
            (tx, incident) -> List.of());
    EnginePorts ports =
        new EnginePorts(
            ledger,
            database.runs(),
            database.incidents(),
            database.journal(),
            database.artifacts(),
            database.alerts(),
            database.outbox(),
            runbooks,
            database.runbookVersions(),
            database.mail(),
            database.signals());
    EngineTools tools =
        new EngineTools(
            type -> new ScriptedAction(type, stubs, time),
            new Masker(),
            time,
            alarms,
            ids,
            time,
            List.of(),
            "http://rehearsal",
            Lease.forever("rehearsal"),
            Bulletin.NONE,
            64,
            64,
            new Rush());
    engine = new Engine(ports, desks, tools);
    orders =
        new EngineOrders(
            engine, ports, desks, tools, database.ledger().read(database.automation()::read));
  }

  /** From now on it is known who can answer for whom. */
  void count(Electorate people) {
    electorate = people;
  }

  private List<Guard> suspicion() {
    Herald herald =
        new Herald(
            database.incidents(),
            database.journal(),
            database.outbox(),
            List.of(),
            warning ->
                List.of(
                    new Message(
                        "warning",
                        warning.key(),
                        Map.of("subject", warning.subject(), "text", warning.text()))));
    return List.of(
        new BreakerGuard(
            database.breakers(),
            new BreakerWatch(database.breakers(), BreakerSettings.USUAL, herald, ids)));
  }

  Ids ids() {
    return ids;
  }

  VirtualTime time() {
    return time;
  }

  Engine engine() {
    return engine;
  }

  StormNews storms() {
    return storms;
  }

  EngineOrders orders() {
    return orders;
  }

  <T> T write(Function<Tx, T> work) {
    return database.ledger().commit(work).join();
  }

  <T> T read(Function<Tx, T> query) {
    return database.ledger().read(query);
  }

  /** Opens an incident for an alert and starts a run; returns the run's id. */
  String fire(Runbook runbook, Alert alert, String key) {
    return fire(runbook, alert, key, Map.of());
  }

  /** The same, for a run that is given something. */
  String fire(Runbook runbook, Alert alert, String key, Map<String, Object> inputs) {
    Map<String, Object> facts = new LinkedHashMap<>(alert.asModel());
    facts.put(RunModel.INPUTS, inputs);
    Instant now = time.instant();
    return write(
        tx -> {
          Incident incident =
              new Incident(
                  ids.next("inc"),
                  key,
                  alert.summary(),
                  alert.severity(),
                  runbook.owner(),
                  Incident.Status.OPEN,
                  now,
                  null,
                  null,
                  null,
                  null);
          database.incidents().add(tx, incident);
          database
              .alerts()
              .add(
                  tx,
                  new StoredAlert(
                      ids.next("alr"), alert, incident.id(), "dlv_rehearsal", now, now, 1));
          orders.alarmed(tx, incident.id(), alert.labels(), now);
          return orders.start(
              tx, incident, runbook, facts, new Actor(Actor.Kind.SOURCE, "test"), now);
        });
  }

  /** The alert of a run resolves now. */
  void resolve(Run run, Alert alert) {
    write(
        tx -> {
          StoredAlert kept = database.alerts().ofIncident(tx, run.incidentId()).getFirst();
          database
              .alerts()
              .update(
                  tx,
                  new StoredAlert(
                      kept.id(),
                      alert,
                      kept.incidentId(),
                      kept.firstDelivery(),
                      kept.firstSeen(),
                      time.instant(),
                      kept.deliveries() + 1));
          orders.alertsResolved(tx, run.incidentId(), time.instant());
          return true;
        });
  }

  Run run(String id) {
    return read(tx -> database.runs().find(tx, id)).orElseThrow();
  }

  List<Gate> openGates() {
    return read(tx -> database.gates().list(tx, Gate.Status.OPEN, null, null, 100));
  }

  Database database() {
    return database;
  }

  /** Waits, in real time, until nothing more happens at this moment of virtual time. */
  void settle() {
    long seen;
    do {
      seen = ledger.submitted();
      time.awaitQuiet();
      database.ledger().commit(tx -> tx).join();
      time.awaitQuiet();
      engine.turn(time.instant());
    } while (ledger.submitted() != seen);
  }

  /**
   * Moves the clock to the next moment at which something is due.
   *
   * @param atMost not beyond this moment
   * @return false when nothing is due any more
   */
  boolean advance(Optional<Instant> atMost) {
    Optional<Instant> due = engine.turn(time.instant());
    Optional<Instant> next =
        java.util.stream.Stream.of(due, time.next(), atMost)
            .flatMap(Optional::stream)
            .filter(at -> at.isAfter(time.instant()))
            .min(Instant::compareTo);
    if (next.isEmpty() || next.get().isAfter(START.plus(HORIZON))) {
      return false;
    }
    time.advanceTo(next.get());
    engine.turn(next.get());
    settle();
    return true;
  }

  @Override
  public void close() {
    alarms.shutdown();
    database.close();
  }
}
