package dev.firebreak.app;

import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.store.Database;
import dev.firebreak.store.JournalAudit;
import java.io.PrintStream;
import java.util.List;
import java.util.function.ToIntFunction;

/** The commands {@code db migrate} and {@code audit verify}, and how commands open the database. */
final class DatabaseCommands {
  private DatabaseCommands() {}

  static int run(List<String> args, PrintStream out) {
    if (args.size() != 2 || !args.getFirst().equals("migrate")) {
      throw new WrongUse("db migrate config.yml");
    }
    FirebreakConfiguration config = Configurations.read(args.get(1));
    Equipage equipage = Configurations.equip(args.get(1), config, out);
    try {
      List<String> applied = Database.migrate(config.database(), config.data(), equipage.secrets);
      out.println(
          applied.isEmpty()
              ? "the database is up to date"
              : "applied: " + String.join(", ", applied));
      return 0;
    } catch (StoreUnavailable e) {
      throw new StartRefused(String.valueOf(e.getMessage()), e);
    }
  }

  static int audit(List<String> args, PrintStream out) {
    if (args.isEmpty() || !args.getFirst().equals("verify") || args.size() > 2) {
      throw new WrongUse("audit verify [config.yml]");
    }
    return with(
        args.size() == 2 ? args.get(1) : "config.yml",
        database -> {
          JournalAudit.Report report = database.audit().run();
          for (JournalAudit.Fault fault : report.faults()) {
            out.println(
                "%s, entry %d: %s".formatted(fault.incidentId(), fault.sequence(), fault.what()));
          }
          out.println(
              "%d entries of %d incidents read, %d faults"
                  .formatted(report.entries(), report.incidents(), report.faults().size()));
          return report.faults().isEmpty() ? 0 : 1;
        });
  }

  /** Opens the database of a configuration for one piece of work. */
  static int with(String file, ToIntFunction<Database> work) {
    FirebreakConfiguration config = Configurations.read(file);
    Equipage equipage = Configurations.equip(file, config, System.out);
    try (Database database = Database.open(config.database(), config.data(), equipage.secrets)) {
      return work.applyAsInt(database);
    } catch (StoreUnavailable e) {
      throw new StartRefused(String.valueOf(e.getMessage()), e);
    }
  }
}
