package dev.firebreak.app;

import dev.firebreak.notify.Trials;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The command {@code channel test}, which needs no running service and no database. */
final class ChannelCommands {
  private static final String USAGE = "channel test <name> [--config config.yml]";

  private ChannelCommands() {}

  static int run(List<String> args, PrintStream out) {
    Options options = new Options(args, Set.of("config"), Set.of());
    if (options.rest().size() != 2 || !options.rest().getFirst().equals("test")) {
      throw new WrongUse(USAGE);
    }
    return test(options.rest().getLast(), options.value("config").orElse("config.yml"), out);
  }

  private static int test(String name, String file, PrintStream out) {
    FirebreakConfiguration config = Configurations.read(file);
    Equipage equipage = Configurations.equip(file, config, out);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Trials.Trial trial =
          new Trials(equipage.channels, threads, config.baseUrl(), InstantSource.system())
              .of(name, Objects.requireNonNullElse(System.getenv("USER"), "somebody"));
      out.println((trial.delivered() ? name + ": " : "refused: ") + trial.answer());
      return trial.delivered() ? 0 : 1;
    }
  }
}
