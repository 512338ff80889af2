package dev.firebreak.app;

import dev.firebreak.core.Secrets;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.guard.Automation;
import dev.firebreak.run.RunListener;
import dev.firebreak.runbook.Problem;
import dev.firebreak.runbook.RunbookFolder;
import dev.firebreak.store.Database;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/** The service: a table of contents. */
public final class FirebreakApplication extends Application<FirebreakConfiguration> {
  private static final Logger LOG = LoggerFactory.getLogger(FirebreakApplication.class);

  private final PrintStream console;
  private final List<RunListener> listeners;

  /**
   * @param console where the set-up link and the channel of type {@code console} are printed
   * @param listeners told of everything, besides those of the service
   */
  public FirebreakApplication(PrintStream console, List<RunListener> listeners) {
    this.console = console;
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public String getName() {
    return "firebreak";
  }

  @Override
  public void initialize(Bootstrap<FirebreakConfiguration> bootstrap) {
    bootstrap.setConfigurationSourceProvider(
        new SubstitutingSourceProvider(
            bootstrap.getConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(false)));
  }

  @Override
  public void run(FirebreakConfiguration config, Environment environment) {
    InstantSource clock = InstantSource.system();
    Equipage equipage = new Equipage(config, environment.getObjectMapper(), clock, console);
    equipage.secrets.learn().forEach(LOG::warn);
    Database database = open(config, equipage.secrets);
    House house =
        new House(config, equipage, database, environment.getObjectMapper(), clock, listeners);
    load(house.runbooks);
    haltOnSignal(house);
    Clockwork clockwork = new Clockwork(house);
    Doors doors = new Doors(house);
    doors.register(environment, clockwork);
    clockwork.every("sweep sessions", Duration.ofHours(1), doors::sweep);
    environment.lifecycle().manage(clockwork);
    doors
        .setupLink()
        .ifPresent(
            link ->
                console.println(
                    "There is no admin yet. Within one hour, open this link once: " + link));
  }

  private static Database open(FirebreakConfiguration config, Secrets secrets) {
    try {
      return Database.open(config.database(), config.data(), secrets);
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
