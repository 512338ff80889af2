package dev.firebreak.app;

import dev.firebreak.runbook.Problem;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;

/** The commands {@code server} and {@code check}. */
final class Server {
  /** What {@link #run} returns when the service goes on running. */
  static final int RUNNING = -1;

  private Server() {}

  static int run(List<String> args, PrintStream out, PrintStream err) throws Exception {
    String file = file(args, "config.yml");
    Configurations.equip(file, Configurations.read(file), out);
    new FirebreakApplication(out, List.of()).run("server", file);
    return RUNNING;
  }

  /** Says everything that is wrong with a configuration and its runbooks. */
  static int check(List<String> args, PrintStream out) {
    if (args.isEmpty()) {
      throw new WrongUse("check needs the configuration file: firebreak check config.yml");
    }
    String file = file(args, "config.yml");
    FirebreakConfiguration config = Configurations.read(file);
    Equipage equipage = Configurations.equip(file, config, out);
    equipage.secrets.learn().forEach(fault -> out.println(file + ": warning: " + fault));
    config
        .schedules()
        .gaps(InstantSource.system().instant())
        .forEach(gap -> out.println(file + ": warning: " + gap));
    if (config.alarms().isEmpty() && !config.channels().isEmpty()) {
      out.println(
          file + ": warning: 'alarms' is empty: what nobody received is shown in the console only");
    }
    List<Problem> problems =
        RunbookCommands.problems(equipage.loader, List.of(config.runbooks().path().toString()));
    problems.forEach(problem -> out.println(problem.asLine()));
    boolean bad = problems.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
    out.println(bad ? file + " cannot be used" : file + " is fine");
    return bad ? 1 : 0;
  }

  private static String file(List<String> args, String fallback) {
    if (args.size() > 1) {
      throw new WrongUse("one configuration file is expected, not " + args);
    }
    return args.isEmpty() ? fallback : args.getFirst();
  }
}
