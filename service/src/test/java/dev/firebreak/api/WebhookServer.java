package dev.firebreak.api;

import dev.firebreak.access.Role;
import dev.firebreak.access.SessionDesk;
import dev.firebreak.access.TokenDesk;
import dev.firebreak.alert.generic.Fields;
import dev.firebreak.alert.generic.Mapping;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Masker;
import dev.firebreak.core.SecretRef;
import dev.firebreak.core.Secrets;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.Orders;
import dev.firebreak.engine.Rush;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.intake.Intake;
import dev.firebreak.intake.IntakeListener;
import dev.firebreak.intake.IntakeStores;
import dev.firebreak.intake.SourceAuth;
import dev.firebreak.intake.SourceSettings;
import dev.firebreak.intake.Sources;
import dev.firebreak.run.RunListener;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Runbooks;
import dev.firebreak.store.Database;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Environment;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Webhooks on a real server with a real database that can be told to be down. No runbooks. */
final class WebhookServer implements AutoCloseable, Runbooks {
  static final int MAX_BYTES = 4096;

  final SettableClock clock = new SettableClock();
  final Database database = Database.inMemory("webhooks-" + UUID.randomUUID());
  final Ids ids = new Ids(clock);
  final TokenDesk tokens = new TokenDesk(database.ledger(), database.tokens(), ids, clock);
  final Rush rush = new Rush();
  volatile boolean down;
  private final TestServer server;

  WebhookServer() throws Exception {
    DefaultServerFactory factory = new DefaultServerFactory();
    factory.setRegisterDefaultExceptionMappers(false);
    server = new TestServer(factory, (configuration, environment) -> register(environment));
  }

  private void register(Environment environment) {
    Masker masker = new Masker();
    Secrets secrets = new Secrets(Map.of(), name -> "s3cret-value", masker);
    environment.jersey().register(new Faults());
    environment
        .jersey()
        .register(
            new AccessFeature(
                tokens, new SessionDesk(database.ledger(), database.tokens(), tokens, clock)));
    Intake intake = intake(secrets);
    Executor answers = Executors.newVirtualThreadPerTaskExecutor();
    // A busy machine makes nobody impatient here.
    environment
        .jersey()
        .register(new WebhookResource(intake, answers, rush, Duration.ofMinutes(2)));
    environment
        .jersey()
        .register(new DeliveriesResource(intake, database.ledger(), database.deliveries(), masker));
  }

  private Intake intake(Secrets secrets) {
    IntakeStores stores =
        new IntakeStores(
            database.deliveries(),
            database.alerts(),
            database.incidents(),
            database.runs(),
            database.journal());
    return new Intake(
        Sources.of(sources(), secrets),
        this,
        ledger(),
        stores,
        noOrders(),
        new IntakeListener() {},
        new RunListener() {},
        ids,
        clock);
  }

  private static List<SourceSettings> sources() {
    List<SecretRef> secret = List.of(SecretRef.env("ANY"));
    Mapping mapping =
        new Mapping(
            null,
            "'firing'",
            "payload.id",
            null,
            null,
            new Fields("{}", Map.of()),
            null,
            null,
            null,
            null);
    return List.of(
        new SourceSettings(
            "open", "alertmanager", new SourceAuth.None(false), MAX_BYTES, 10, false, null),
        SourceSettings.alertmanager("big", new SourceAuth.None(false)),
        SourceSettings.alertmanager("bearer", new SourceAuth.Bearer(secret)),
        SourceSettings.alertmanager(
            "signed", new SourceAuth.Hmac(secret, "X-Sig", null, null, null, null)),
        new SourceSettings(
            "plain", "generic", new SourceAuth.None(false), null, null, true, mapping));
  }

  private Ledger ledger() {
    Ledger real = database.ledger();
    return new Ledger() {
      @Override
      public <T> CompletableFuture<T> commit(Function<Tx, T> work) {
        return down
            ? CompletableFuture.failedFuture(new StoreUnavailable("disk full at /data/x", null))
            : real.commit(work);
      }

      @Override
      public <T> T read(Function<Tx, T> query) {
        return real.read(query);
      }
    };
  }

  private static Orders noOrders() {
    return (Orders)
        Proxy.newProxyInstance(
            Orders.class.getClassLoader(),
            new Class<?>[] {Orders.class},
            (proxy, method, args) -> {
              if (method.isDefault()) {
                return null;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  int port() {
    return server.port();
  }

  String token(Role role) {
    return tokens.create("t-" + role.asText(), Set.of(role), null, "test").join().secret();
  }

  @Override
  public List<Runbook> current() {
    return List.of();
  }

  @Override
  public Optional<Runbook> current(String name) {
    return Optional.empty();
  }

  @Override
  public Runbook version(String version) {
    throw new IllegalStateException(version);
  }

  @Override
  public void close() {
    server.close();
    database.close();
  }
}
