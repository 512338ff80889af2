package dev.firebreak.app;

import dev.firebreak.core.Secrets;
import dev.firebreak.core.SteadyClock;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.guard.Automation;
import dev.firebreak.run.RunListener;
import dev.firebreak.runbook.Problem;
import dev.firebreak.runbook.RunbookFolder;
import dev.firebreak.store.Database;
import dev.firebreak.store.Restoration;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/** The service: a table of contents. */
public final class FirebreakApplication extends Application<FirebreakConfiguration> {
  private static final Logger LOG = LoggerFactory.getLogger(FirebreakApplication.class);

  private final PrintStream console;
  private final List<RunListener> listeners;
  private final InstantSource wall;
  private volatile @Nullable Doors doors;
  private volatile org.eclipse.jetty.server.@Nullable Server server;

  /**
   * @param console where the set-up link and the channel of type {@code console} are printed
   * @param listeners told of everything, besides those of the service
   */
  public FirebreakApplication(PrintStream console, List<RunListener> listeners) {
    this(console, listeners, InstantSource.system());
  }

  /** The same with another clock on the wall. */
  FirebreakApplication(PrintStream console, List<RunListener> listeners, InstantSource wall) {
    this.console = console;
    this.listeners = List.copyOf(listeners);
    this.wall = wall;
  }

  @Override
  public String getName() {
    return "firebreak";
  }

  @Override
  public void initialize(Bootstrap<FirebreakConfiguration> bootstrap) {
    bootstrap.setConfigurationFactoryFactory(
        (type, validator, json, prefix) -> Configurations.factory(validator, json));
    bootstrap.setConfigurationSourceProvider(
        new SubstitutingSourceProvider(
            bootstrap.getConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(false)));
  }

  /** Why it cannot start is said once, by who called. */
  @Override
  protected void addDefaultCommands(Bootstrap<FirebreakConfiguration> bootstrap) {
    bootstrap.addCommand(
        new ServerCommand<>(this) {
          @Override
          public void onError(Cli cli, Namespace namespace, Throwable fault) {}
        });
  }

  @Override
  protected void onFatalError(Throwable fault) {
    throw fault instanceof StartRefused refused
        ? refused
        : new StartRefused("cannot start: " + rootOf(fault), fault);
  }

  private static String rootOf(Throwable fault) {
    Throwable cause = fault;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  @Override
  public void run(FirebreakConfiguration config, Environment environment) {
    SteadyClock clock =
        new SteadyClock(wall, System::nanoTime, Uptime.clock(), FirebreakApplication::jumped);
    Equipage equipage = new Equipage(config, environment.getObjectMapper(), clock, console);
    equipage.secrets.learn().forEach(LOG::warn);
    config.schedules().gaps(clock.instant()).forEach(LOG::warn);
    Database database = open(config, equipage.secrets, clock.instant());
    House house =
        new House(config, equipage, database, environment.getObjectMapper(), clock, listeners);
    house.metrics.state().clock(clock::offset);
    load(house.runbooks);
    haltOnSignal(house);
    Clockwork clockwork = new Clockwork(house);
    Doors doors = new Doors(house);
    this.doors = doors;
    doors.register(environment, clockwork);
    clockwork.everyForAll("ask again", Duration.ofSeconds(10), house.followUps::look);
    clockwork.everyForAll("open reviews", Duration.ofMinutes(10), house.glass::look);
    clockwork.everyForAll("storms", Duration.ofSeconds(5), house.storms::look);
    clockwork.everyForAll("sweep sessions", Duration.ofHours(1), doors::sweep);
    Optional.ofNullable(config.backup().every())
        .ifPresent(period -> clockwork.every("back up", period, house.backups::add));
    environment
        .lifecycle()
        .addServerLifecycleListener(
            started -> {
              server = started;
              clockwork.opened();
              LOG.info(ready(config, house));
            });
    environment.lifecycle().manage(clockwork);
    doors
        .setupLink()
        .ifPresent(
            link ->
                console.println(
                    "There is no admin yet. Within one hour, open this link once: " + link));
  }

  /** What whoever started it wants to know first. */
  private static String ready(FirebreakConfiguration config, House house) {
    return "Firebreak %s is ready: %s (%d runbooks, database %s)"
        .formatted(
            Equipage.VERSION,
            config.baseUrl(),
            house.runbooks.current().size(),
            config.database().type().name().toLowerCase(Locale.ROOT));
  }

  private static void jumped(SteadyClock.Jump jump) {
    LOG.error(
        "the clock of this machine jumped by {} to {}: waits and limits go on from {} as if it had"
            + " not, and follow it slowly; look at what sets the clock, and restart Firebreak to"
            + " follow it at once",
        jump.by(),
        jump.wall(),
        jump.kept());
  }

  /** Every way in, once it runs. */
  Doors doors() {
    return Objects.requireNonNull(doors, "not started yet");
  }

  /** Stops the server and everything behind it; returns when that is done. */
  void stop() {
    org.eclipse.jetty.server.Server running = server;
    if (running == null) {
      return;
    }
    try {
      running.stop();
    } catch (Exception e) {
      LOG.warn("did not stop in order", e);
    }
  }

  private static Database open(FirebreakConfiguration config, Secrets secrets, Instant now) {
    try {
      Database database = Database.open(config.database(), config.data(), secrets);
      OptionalInt unused = Restoration.notice(database, now);
      return database;
    } catch (StoreUnavailable e) {
      throw new StartRefused(String.valueOf(e.getMessage()), e);
    }
  }

  private static void load(RunbookFolder runbooks) {
    RunbookFolder.Reload first = runbooks.reload();
    first.problems().stream().map(Problem::asLine).forEach(LOG::warn);
    if (!first.taken()) {
      throw new StartRefused(
          "the runbooks have errors, so none is in force:\n"
              + String.join("\n", first.problems().stream().map(Problem::asLine).toList()),
          null);
    }
  }

  /** {@code kill -USR2} halts this node, with or without a database. */
  private static void haltOnSignal(House house) {
    Signal.handle(
        new Signal("USR2"),
        signal -> {
          LOG.warn("halted by SIGUSR2: no change is made until the halt is lifted");
          house.halt.engage(
              new Automation(
                  Automation.Mode.OFF, "SIGUSR2", "signal", house.clock.instant(), null));
        });
  }
}
