package dev.firebreak.web;

import dev.firebreak.access.Role;
import dev.firebreak.access.SessionDesk;
import dev.firebreak.access.SetupDesk;
import dev.firebreak.access.Team;
import dev.firebreak.access.Teams;
import dev.firebreak.access.TokenDesk;
import dev.firebreak.alert.Alert;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Channels;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.console.ConsoleChannel;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Message;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.escalation.Escalation;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.Terms;
import dev.firebreak.notify.Trials;
import dev.firebreak.notify.UnheardDesk;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.Artifact;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.run.StepState;
import dev.firebreak.run.WaitFor;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Runbooks;
import dev.firebreak.store.Database;
import dev.firebreak.ticket.Ticket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A night on call: what the pages of the tests show. */
final class Scene implements AutoCloseable {
  static final String HASH = "5f0c".repeat(16);

  /** Enough for all pages of one test class: that a page was left is noticed after 15 s only. */
  static final int PLACES = 200;

  static final String EVIL = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";
  static final String TURNED = "safe\u202Egnp.exe";

  final SettableClock clock = new SettableClock();
  final Ids ids = new Ids(clock);
  final Database database;
  final RecordingOrders orders;
  final LiveFeed feed = new LiveFeed(PLACES);
  final SetupDesk setup;
  final dev.firebreak.core.Seal seal =
      new dev.firebreak.core.Seal(
          () -> "a secret of at least 32 characters", dev.firebreak.access.DecisionLink.PURPOSE);
  final TokenDesk tokenDesk;
  final Door door;
  final Map<String, String> tokens = new LinkedHashMap<>();
  final String setupLink;
  final Runbook book = Books.redisDown();
  final UnheardDesk unheard;
  private boolean closed;
  String open = "";
  String taken = "";
  String over = "";
  String evil = "";
  String waitingRun = "";
  String unsureRun = "";
  String gate = "";
  String decided = "";
  String evilGate = "";

  Scene(String name) {
    database = Database.inMemory(name);
    orders = new RecordingOrders(database, clock.instant().minusSeconds(86_400));
    TokenDesk desk = new TokenDesk(database.ledger(), database.tokens(), ids, clock);
    tokenDesk = desk;
    setup = new SetupDesk(database.ledger(), database.tokens(), desk, ids, clock);
    setupLink = setup.link("http://localhost").join().orElseThrow();
    SessionDesk sessions = new SessionDesk(database.ledger(), database.tokens(), desk, clock);
    unheard =
        new UnheardDesk(
            database.unheard(), database.outbox(), database.journal(), List.of(), ids, List.of());
    Teams teams = new Teams(Map.of("team-cache", new Team(List.of("ana", "vic"), null)));
    // As in the built program, where it takes a read of its own to know who stands in for whom.
    door =
        new Door(
            sessions,
            setup,
            person -> database.ledger().read(tx -> teams.teamsOf(person)),
            new Door.Letters(seal, desk),
            false);
    issue(desk, "ana", Role.APPROVER);
    issue(desk, "vic", Role.VIEWER);
    issue(desk, "rob", Role.RESPONDER);
    write(this::redis);
    write(this::disk);
    write(this::resolved);
    write(this::hostile);
  }

  private void issue(TokenDesk desk, String name, Role role) {
    tokens.put(name, desk.create(name, Set.of(role), null, "test").join().secret());
  }

  void write(Consumer<Tx> work) {
    boolean done =
        database
            .ledger()
            .commit(
                tx -> {
                  work.accept(tx);
                  return true;
                })
            .join();
    assert done;
  }

  Shelves shelves() {
    return new Shelves(
        database.ledger(),
        database.incidents(),
        database.runs(),
        database.journal(),
        database.artifacts(),
        database.alerts(),
        new OneBook(book));
  }

  /** A change of a run was refused while automation was off; returns the run. */
  Run refuse(dev.firebreak.guard.HaltScope scope) {
    Incident incident = incident("halted/" + ids.next("key"), "Halted", "critical", 30);
    StepState over =
        new StepState.Ended(
            StepState.End.FAILED, clock.instant(), new Reason("automation-off", EVIL));
    StepRun fix = new StepRun("fix", Phase.CHANGE, over, 0, null, Map.of());
    Run run = run(incident.id(), RunStatus.WAITING, "calls", fix);
    write(
        tx -> {
          database.incidents().add(tx, incident);
          database.runs().add(tx, run, "node-1");
          database
              .automation()
              .stopped(
                  tx,
                  new dev.firebreak.guard.HaltedChange(
                      run.id(),
                      "fix",
                      incident.id(),
                      run.runbook(),
                      scope,
                      EVIL,
                      clock.instant(),
                      true));
        });
    return run;
  }

  /** Gives a notice up that was for somebody. */
  void lose(String key) {
    write(
        tx ->
            unheard.givenUp(
                tx,
                new Outbox.Entry(
                    new Message("notify", key, Map.of("template", "gate")),
                    evil,
                    clock.instant(),
                    3,
                    null,
                    null,
                    null,
                    null),
                "channel '#down': 500 " + EVIL,
                clock.instant()));
  }

  Desks desks() {
    Channels channels =
        new Channels(List.of(new ConsoleChannel("console", System.out), new Refuser()));
    return new Desks(
        database.gates(),
        database.escalations(),
        database.tickets(),
        database.outbox(),
        database.automation(),
        new dev.firebreak.guard.freeze.FreezeDesk(
            database.ledger(),
            new dev.firebreak.guard.freeze.FreezeBook(List::of, database.freezes()),
            database.freezes(),
            ids,
            clock),
        new dev.firebreak.guard.breaker.BreakerDesk(
            database.ledger(),
            database.breakers(),
            dev.firebreak.fixtures.Heralds.on(database),
            clock),
        dev.firebreak.fixtures.Glasses.on(database, java.util.Set.of("ana"), ids, clock),
        new dev.firebreak.guard.LimitDesk(
            database.ledger(),
            database.intents(),
            database.locks(),
            new dev.firebreak.guard.GuardSettings(
                List.of("**"),
                new dev.firebreak.guard.GuardSettings.Window(20, java.time.Duration.ofHours(1)),
                new dev.firebreak.guard.GuardSettings.Window(60, java.time.Duration.ofHours(1))),
            new OneBook(book),
            clock),
        dev.firebreak.fixtures.Promotions.on(database, new OneBook(book), clock),
        (id, whole) ->
            id.equals(over)
                ? Optional.of("# Disk full on db-2\n\n* 09:00 alert\n* " + EVIL + "\n")
                : Optional.empty(),
        new Trials(channels, Runnable::run, "http://firebreak", clock),
        dev.firebreak.fixtures.ContactDesks.on(database, channels, "console", "#down", clock),
        dev.firebreak.fixtures.OnCallDesks.on(database, ids, clock),
        dev.firebreak.fixtures.OnCallDesks.followUps(
            database, dev.firebreak.escalation.EscalationSettings.NONE, ids, clock),
        new Desks.Silence(database.unheard(), unheard),
        dev.firebreak.fixtures.Backlogs.of(database, orders, new OneBook(book), clock));
  }

  /** A channel that takes nothing, and says so in words that want to be markup. */
  private record Refuser() implements Channel {
    @Override
    public String name() {
      return "#down";
    }

    @Override
    public String send(Notice notice) {
      throw new ChannelException("channel '#down': 500 " + EVIL, false, null);
    }
  }

  Instant ago(long seconds) {
    return clock.instant().minusSeconds(seconds);
  }

  private Incident incident(String key, String title, @Nullable String severity, long age) {
    return new Incident(
        ids.next("inc"),
        key,
        title,
        severity,
        "team-cache",
        Incident.Status.OPEN,
        ago(age),
        null,
        null,
        null,
        null);
  }

  private void redis(Tx tx) {
    Incident incident =
        incident("redis/cache-1", "Redis does not answer on cache-1", "critical", 754);
    open = incident.id();
    database.incidents().add(tx, incident);
    alert(tx, open, "Redis does not answer on cache-1", Map.of("instance", "cache-1"), 760);
    gate = ids.next("gate");
    Run run = run(open, RunStatus.WAITING, "waits for an approval", redisSteps());
    waitingRun = run.id();
    database.runs().add(tx, run, "node-1");
    gate(tx, gate, open, waitingRun, "May Firebreak do 'Restart Redis' to redis/cache-1?");
    alert(tx, open, "Redis of the replica is gone too", Map.of("instance", "cache-1b"), 1);
    boolean voted =
        database.gates().vote(tx, gate, new Gate.Vote("zoe", true, "seen it, restart", ago(61)));
    assert voted;
    artifact(tx, open, waitingRun, "info", "redis-info.txt", "redis_version:7.0.15\n");
    database
        .escalations()
        .add(
            tx,
            new Escalation(
                ids.next("esc"),
                open,
                waitingRun,
                "escalate",
                "cache-oncall",
                0,
                ago(120),
                clock.instant().plusSeconds(180),
                Escalation.Status.CALLING,
                "Redis does not answer and a restart waits for approval.",
                null,
                null));
    messages(tx);
    story(tx, open);
  }

  private StepRun[] redisSteps() {
    return new StepRun[] {
      ended("ping", Phase.DIAGNOSE, StepState.End.FAILED, "connection refused", Map.of()),
      ended(
          "info",
          Phase.DIAGNOSE,
          StepState.End.SUCCEEDED,
          "",
          Map.of("exit", 0, "stdout", "redis_version:7.0.15\nused_memory:1048576\n")),
      new StepRun(
          "restart",
          Phase.CHANGE,
          new StepState.Waiting(
              WaitFor.GATE,
              ago(300),
              clock.instant().plusSeconds(492),
              gate,
              new Reason("approval", "the runbook wants it approved when limit.used > 0")),
          0,
          null,
          Map.of()),
      StepRun.pending("restart.verify", Phase.VERIFY),
      StepRun.pending("escalate", Phase.ESCALATE),
      StepRun.pending("finally-1", Phase.FINALLY)
    };
  }

  private void disk(Tx tx) {
    Incident incident =
        incident("disk/db-2", "Disk of db-2 is 96 % full", "warning", 3_900)
            .acknowledged("rob", ago(3_600));
    taken = incident.id();
    database.incidents().add(tx, incident);
    Run run =
        run(
            taken,
            RunStatus.WAITING,
            "nobody knows whether the change took place",
            new StepRun(
                "restart",
                Phase.CHANGE,
                new StepState.Unknown(
                    "int_1",
                    ago(200),
                    new Reason("interrupted", "The node stopped after the intent.")),
                1,
                ago(260),
                Map.of()));
    unsureRun = run.id();
    database.runs().add(tx, run, "node-1");
  }

  private void resolved(Tx tx) {
    Incident incident =
        incident("redis/cache-2", "Redis does not answer on cache-2", "critical", 90_000)
            .acknowledged("ana", ago(89_900))
            .resolved("person:ana", ago(88_000));
    over = incident.id();
    database.incidents().add(tx, incident);
    Run run =
        run(
            over,
            RunStatus.MITIGATED,
            "verified",
            ended("restart", Phase.CHANGE, StepState.End.SUCCEEDED, "", Map.of("exit", 0)),
            ended("restart.verify", Phase.VERIFY, StepState.End.SUCCEEDED, "", Map.of()));
    database.runs().add(tx, run, "node-1");
    decided = ids.next("gate");
    gate(tx, decided, over, run.id(), "May Firebreak do 'Restart Redis' to redis/cache-2?");
    Gate was = database.gates().find(tx, decided).orElseThrow();
    boolean voted =
        database.gates().vote(tx, decided, new Gate.Vote("ana", true, "go", ago(88_100)));
    boolean saved = database.gates().save(tx, ended(was, Gate.Status.APPROVED, "approved by ana"));
    assert voted && saved;
  }

  private void hostile(Tx tx) {
    Incident incident = incident("x/" + EVIL, EVIL + TURNED, EVIL, 30);
    evil = incident.id();
    database.incidents().add(tx, incident);
    alert(tx, evil, EVIL, Map.of(EVIL, TURNED, "__proto__", "`x` & 'y'"), 40);
    Run run =
        run(
            evil,
            RunStatus.RUNNING,
            EVIL,
            ended("ping", Phase.DIAGNOSE, StepState.End.FAILED, EVIL, Map.of(EVIL, EVIL)));
    database.runs().add(tx, run, "node-1");
    evilGate = ids.next("gate");
    gate(tx, evilGate, evil, run.id(), EVIL);
    artifact(tx, evil, run.id(), "ping", EVIL + ".html", "x");
    database
        .tickets()
        .keep(tx, new Ticket(evil, "redmine", "17", "javascript:alert(1)", EVIL, ago(20)));
    note(tx, evil, "note.added", "person:" + EVIL, EVIL + TURNED, 10);
  }

  private static Gate ended(Gate gate, Gate.Status status, String why) {
    return new Gate(
        gate.id(),
        gate.incidentId(),
        gate.runId(),
        gate.stepId(),
        gate.question(),
        gate.why(),
        gate.plan(),
        gate.planHash(),
        gate.by(),
        gate.walk(),
        gate.quorum(),
        gate.withinMillis(),
        gate.openedAt(),
        gate.expiresAt(),
        status,
        gate.openedAt().plusSeconds(100),
        why,
        gate.votes(),
        gate.terms());
  }

  private void gate(Tx tx, String id, String incident, String run, String question) {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("runbook", "redis-down");
    plan.put("version", book.version());
    plan.put("step", "restart");
    plan.put("name", "Restart Redis");
    plan.put("action", "command");
    plan.put("params", Map.of("run", List.of("systemctl", "restart", "redis; rm -rf /")));
    plan.put("targets", List.of("redis/cache-1"));
    plan.put("idempotent", true);
    plan.put("limit", Map.of("used", 1, "max", 2, "per", "1h"));
    database
        .gates()
        .add(
            tx,
            new Gate(
                id,
                incident,
                run,
                "restart",
                question,
                "the runbook wants it approved when limit.used > 0",
                plan,
                HASH,
                List.of(List.of("team-cache"), List.of("rob", "team-platform")),
                0,
                2,
                900_000,
                ago(408),
                clock.instant().plusSeconds(492),
                Gate.Status.OPEN,
                null,
                null,
                List.of(),
                Terms.NONE));
  }

  private void messages(Tx tx) {
    Message told = new Message("notify", "n-" + open, Map.of("channel", "#cache"));
    database.outbox().add(tx, told, open, ago(300));
    database.outbox().delivered(tx, told.key(), "ok", ago(299));
    Message ticket = new Message("ticket", "t-" + open, Map.of("system", "redmine"));
    database.outbox().add(tx, ticket, open, ago(290));
    database.outbox().failed(tx, ticket.key(), "HTTP 503 from tickets.example", ago(-30), ago(280));
    database
        .tickets()
        .keep(
            tx,
            new Ticket(
                open, "redmine", "#4711", "https://tickets.example/issues/4711", "New", ago(280)));
  }

  private void story(Tx tx, String id) {
    note(tx, id, "alert.firing", "source:prometheus", "RedisDown fires on cache-1", 760);
    note(tx, id, "incident.opened", "system:firebreak", "Redis does not answer on cache-1", 754);
    note(tx, id, "run.started", "system:firebreak", "redis-down started", 754);
    note(tx, id, "step.failed", "system:firebreak", "ping: connection refused", 752);
    note(tx, id, "step.succeeded", "system:firebreak", "info: exit 0", 751);
    note(tx, id, "guard.asked", "system:firebreak", "restart was done once in the last hour", 408);
    note(tx, id, "gate.opened", "system:firebreak", "asks team-cache until 12:08", 408);
    note(tx, id, "gate.vote", "person:zoe", "zoe approves: seen it, restart", 61);
  }

  JournalEntry note(Tx tx, String incident, String kind, String actor, String text, long age) {
    return database
        .journal()
        .append(
            tx,
            new JournalEntry.Note(
                incident, ago(age), actor, kind, waitingRun, null, text, Map.of("n", 1)));
  }

  private void alert(Tx tx, String incident, String summary, Map<String, String> more, long age) {
    Map<String, String> labels = new LinkedHashMap<>(more);
    labels.put("alertname", "RedisDown");
    Alert alert =
        new Alert(
            "prometheus",
            ids.next("fp"),
            Alert.Status.FIRING,
            ago(age),
            null,
            labels,
            Map.of("description", "No PONG for a minute."),
            "critical",
            summary,
            "https://prometheus.example/graph?g0=1");
    database
        .alerts()
        .add(tx, new StoredAlert(ids.next("alr"), alert, incident, "dlv_1", ago(age), ago(age), 3));
  }

  private void artifact(Tx tx, String incident, String run, String step, String name, String is) {
    byte[] content = is.getBytes(StandardCharsets.UTF_8);
    database
        .artifacts()
        .add(
            tx,
            new Artifact(
                ids.next("art"),
                incident,
                run,
                step,
                name,
                "text/plain",
                content.length,
                HASH,
                true,
                ago(100)),
            content);
  }

  private StepRun ended(
      String id, Phase phase, StepState.End end, String why, Map<String, Object> output) {
    return new StepRun(
        id,
        phase,
        new StepState.Ended(
            end, ago(750), new Reason(end.name().toLowerCase(java.util.Locale.ROOT), why)),
        1,
        ago(752),
        output);
  }

  private Run run(String incident, RunStatus status, String why, StepRun... steps) {
    Map<String, StepRun> byId = new LinkedHashMap<>();
    Arrays.stream(steps).forEach(step -> byId.put(step.id(), step));
    return new Run(
        ids.next("run"),
        incident,
        "redis-down",
        book.version(),
        Map.of("labels", Map.of("instance", "cache-1")),
        Map.of("host", "cache-1"),
        "source:prometheus",
        ago(754),
        status,
        new Reason("because", why),
        status.ended() ? ago(700) : null,
        Run.Control.NONE,
        1,
        byId);
  }

  @Override
  public void close() {
    feed.stop();
    if (!closed) {
      closed = true;
      database.close();
    }
  }

  /** A runbook folder with one runbook. */
  record OneBook(Runbook book) implements Runbooks {
    @Override
    public List<Runbook> current() {
      return List.of(book);
    }

    @Override
    public Optional<Runbook> current(String name) {
      return Optional.of(book).filter(one -> one.name().equals(name));
    }

    @Override
    public Runbook version(String version) {
      if (!version.equals(book.version())) {
        throw new IllegalStateException("no version " + version);
      }
      return book;
    }
  }
}
