package dev.firebreak.app;

import dev.firebreak.access.Role;
import dev.firebreak.core.Durations;
import dev.firebreak.demo.Backstage;
import dev.firebreak.demo.Demo;
import dev.firebreak.demo.DemoOrder;
import dev.firebreak.run.RunListener;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The command {@code demo}: the service in this process, and the demonstration around it. */
final class DemoCommand {
  private static final int HIGHEST_PORT = 65_535;
  private static final Duration SHORTEST_WALK = Duration.ofSeconds(1);

  private DemoCommand() {}

  static int run(List<String> args, PrintStream out) throws IOException {
    Options options = new Options(args, Set.of("port", "walk"), Set.of("yes", "once"));
    if (!options.rest().isEmpty()) {
      throw new WrongUse("demo [--yes] [--once] [--port N] [--walk 60s], not " + options.rest());
    }
    String kept = System.getenv("FIREBREAK_DEMO_KEEP");
    DemoOrder order =
        new DemoOrder(
            options.has("yes"),
            options.has("once"),
            options.value("port").map(DemoCommand::port).orElse(0),
            kept != null && !kept.isEmpty(),
            walk(options));
    return Demo.run(order, out, DemoCommand::start);
  }

  /** Nobody waits long for the demo itself; a human needs time to read. */
  private static Duration walk(Options options) {
    Duration usual = options.has("yes") ? Duration.ofSeconds(6) : Duration.ofMinutes(1);
    try {
      Duration walk = options.value("walk").map(Durations::parse).orElse(usual);
      if (walk.compareTo(SHORTEST_WALK) >= 0) {
        return walk;
      }
    } catch (IllegalArgumentException e) {
      throw new WrongUse("--walk must be a duration as in 30s: " + e.getMessage());
    }
    throw new WrongUse("--walk must be 1s or more");
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port <= HIGHEST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new WrongUse("--port must be a number from 1 to 65535, not '" + text + "'");
    }
    throw new WrongUse("--port must be a number from 1 to 65535, not " + text);
  }

  private static Backstage.House start(Path config, PrintStream console, RunListener listener)
      throws Exception {
    FirebreakApplication application = new FirebreakApplication(console, List.of(listener));
    application.run("server", config.toString());
    return new Running(application);
  }

  private record Running(FirebreakApplication application) implements Backstage.House {
    @Override
    public String approverToken(String person) {
      return application
          .doors()
          .tokens()
          .create(person, Set.of(Role.APPROVER), null, "demo")
          .join()
          .secret();
    }

    @Override
    public void stop() {
      application.stop();
    }
  }
}
