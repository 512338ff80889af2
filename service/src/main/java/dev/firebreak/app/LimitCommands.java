package dev.firebreak.app;

import dev.firebreak.core.Durations;
import dev.firebreak.guard.LimitDesk;
import dev.firebreak.guard.Locks;
import dev.firebreak.runbook.RunbookFolder;
import dev.firebreak.store.Database;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The commands {@code limit list} and {@code lock list}, on the database itself. */
final class LimitCommands {
  private LimitCommands() {}

  static int limits(List<String> args, PrintStream out) {
    return with(args, "limit list [--config config.yml]", out, LimitCommands::limits);
  }

  static int locks(List<String> args, PrintStream out) {
    return with(args, "lock list [--config config.yml]", out, LimitCommands::locks);
  }

  private interface Report {
    void print(LimitDesk desk, PrintStream out);
  }

  private static int with(List<String> args, String usage, PrintStream out, Report report) {
    if (args.isEmpty() || !args.getFirst().equals("list")) {
      throw new WrongUse(usage);
    }
    String file =
        new Options(args.subList(1, args.size()), Set.of("config"), Set.of())
            .value("config")
            .orElse("config.yml");
    FirebreakConfiguration config = Configurations.read(file);
    Equipage equipage = Configurations.equip(file, config, out);
    return DatabaseCommands.with(
        file,
        database -> {
          report.print(desk(config, equipage, database), out);
          return 0;
        });
  }

  private static LimitDesk desk(
      FirebreakConfiguration config, Equipage equipage, Database database) {
    RunbookFolder runbooks =
        new RunbookFolder(
            config.runbooks().path(),
            equipage.loader,
            version ->
                database.ledger().read(tx -> database.runbookVersions().source(tx, version)));
    Object unused = runbooks.reload();
    return new LimitDesk(
        database.ledger(),
        database.intents(),
        database.locks(),
        config.guards(),
        runbooks,
        InstantSource.system());
  }

  private static void limits(LimitDesk desk, PrintStream out) {
    for (LimitDesk.Standing it : desk.limits()) {
      out.println(
          "%-8s %-40s %d left: %d of %d within %s%s"
              .formatted(
                  it.what().level().asText(),
                  it.what().name(),
                  it.left(),
                  it.used(),
                  it.window().max(),
                  Durations.text(it.window().per()),
                  it.free() == null ? "" : "; room at " + it.free()));
    }
  }

  private static void locks(LimitDesk desk, PrintStream out) {
    for (Locks.Line line : desk.locks()) {
      String waiting =
          line.places().stream().map(Locks.Place::runId).collect(Collectors.joining(", "));
      out.println(
          "%s  %s%s"
              .formatted(
                  line.target(),
                  line.holder() == null ? "free" : line.holder() + " since " + line.since(),
                  waiting.isEmpty() ? "" : "; then " + waiting));
    }
  }
}
