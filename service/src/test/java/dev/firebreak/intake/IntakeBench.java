package dev.firebreak.intake;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Delivery;
import dev.firebreak.alert.Headers;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.alert.generic.Fields;
import dev.firebreak.alert.generic.Mapping;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Masker;
import dev.firebreak.core.Secrets;
import dev.firebreak.core.Tx;
import dev.firebreak.expression.Cel;
import dev.firebreak.expression.Escape;
import dev.firebreak.expression.Mustache;
import dev.firebreak.expression.Scope;
import dev.firebreak.fixtures.Payloads;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.RunListener;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Runbooks;
import dev.firebreak.runbook.Trigger;
import dev.firebreak.store.Database;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Intake on a real store, with runbooks of the test's own and an engine that only remembers. */
final class IntakeBench implements AutoCloseable, Runbooks {
  private static final AtomicLong NUMBER = new AtomicLong();

  final SettableClock clock = new SettableClock();
  final Database database = Database.inMemory("intake-" + NUMBER.incrementAndGet());
  final RecordingOrders engine;
  final List<Incident> told = new ArrayList<>();
  final Intake intake;
  private final List<Runbook> runbooks = new ArrayList<>();

  IntakeBench() {
    this(null);
  }

  IntakeBench(@org.jspecify.annotations.Nullable Ledger other) {
    Ids ids = new Ids(clock);
    engine = new RecordingOrders(database.runs(), ids);
    intake =
        new Intake(
            Sources.of(sources(), new Secrets(Map.of(), name -> null, new Masker())),
            this,
            other == null ? database.ledger() : other,
            new IntakeStores(
                database.deliveries(),
                database.alerts(),
                database.incidents(),
                database.runs(),
                database.journal()),
            engine.orders(),
            new IntakeListener() {},
            listener(),
            ids,
            clock);
  }

  private RunListener listener() {
    return new RunListener() {
      @Override
      public void changed(Incident incident) {
        told.add(incident);
      }
    };
  }

  private static List<SourceSettings> sources() {
    Mapping mapping =
        new Mapping(
            null,
            "payload.state",
            "payload.id",
            null,
            null,
            new Fields("{'alertname': payload.id}", Map.of()),
            null,
            null,
            null,
            null);
    return List.of(
        SourceSettings.alertmanager("am", new SourceAuth.None(false)),
        new SourceSettings(
            "plain", "generic", new SourceAuth.None(false), null, null, false, mapping));
  }

  /** Puts a runbook in force. */
  IntakeBench runbook(String name, String condition, String key) {
    runbooks.add(
        new Runbook(
            name,
            name,
            "team-a",
            new Trigger(
                Cel.condition(condition, Scope.ALERT),
                Mustache.compile(key, Escape.TEXT),
                Trigger.OnResolve.CANCEL),
            Map.of(),
            List.of(),
            List.of(),
            null,
            List.of(),
            "v-" + name,
            ""));
    return this;
  }

  @Override
  public List<Runbook> current() {
    return List.copyOf(runbooks);
  }

  @Override
  public Optional<Runbook> current(String name) {
    return runbooks.stream().filter(runbook -> runbook.name().equals(name)).findFirst();
  }

  @Override
  public Runbook version(String version) {
    throw new IllegalStateException(version);
  }

  Delivery captured(String start) {
    return post("am", Payloads.of("alertmanager-captured", start));
  }

  Delivery post(String body) {
    return post("am", body.getBytes(StandardCharsets.UTF_8));
  }

  Delivery post(String source, byte[] body) {
    return intake.receive(new Post(source, Headers.NONE, "application/json", body, true)).join();
  }

  <T> T read(Function<Tx, T> query) {
    return database.ledger().read(query);
  }

  List<Incident> incidents() {
    return read(tx -> database.incidents().list(tx, null, null, 100));
  }

  List<String> journal(String incidentId) {
    return read(
        tx ->
            database.journal().read(tx, incidentId, 0, 1000).stream()
                .map(JournalEntry::kind)
                .toList());
  }

  StoredAlert alert(String fingerprint, String startsAt) {
    return read(
        tx -> database.alerts().find(tx, "am", fingerprint, Instant.parse(startsAt)).orElseThrow());
  }

  /** An Alertmanager body with one group. */
  static String group(String status, String groupKey, int truncated, String... alerts) {
    return """
    {"version":"4","status":"%s","groupKey":"%s","truncatedAlerts":%d,"alerts":[%s]}\
    """
        .formatted(status, groupKey, truncated, String.join(",", alerts));
  }

  /** One alert that fires since a time. */
  static String firing(String name, String startsAt) {
    return one(name, Alert.Status.FIRING, startsAt, "0001-01-01T00:00:00Z");
  }

  /** One alert that ended. */
  static String resolved(String name, String startsAt, String endsAt) {
    return one(name, Alert.Status.RESOLVED, startsAt, endsAt);
  }

  private static String one(String name, Alert.Status status, String startsAt, String endsAt) {
    return """
    {"status":"%s","fingerprint":"%s","labels":{"alertname":"%s","host":"db1"},\
    "startsAt":"%s","endsAt":"%s"}\
    """
        .formatted(
            status == Alert.Status.FIRING ? "firing" : "resolved", name, name, startsAt, endsAt);
  }

  @Override
  public void close() {
    database.close();
  }
}
