package dev.firebreak.app;

import dev.firebreak.core.Secrets;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.store.Backups;
import dev.firebreak.store.Database;
import dev.firebreak.store.DatabaseSettings;
import dev.firebreak.store.JournalAudit;
import dev.firebreak.store.Relocation;
import dev.firebreak.store.Restoration;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;

/** The commands {@code db …} and {@code audit verify}, and how commands open the database. */
final class DatabaseCommands {
  private DatabaseCommands() {}

  private static final String USAGE =
      """
      db migrate config.yml
             db backup config.yml <file.zip>
             db restore config.yml <file.zip>
             db migrate-to config.yml postgresql://user@host:5432/name  (PGPASSWORD: its password)
      """
          .strip();

  static int run(List<String> args, PrintStream out) {
    String order = args.isEmpty() ? "" : args.getFirst();
    if (args.size() != (order.equals("migrate") ? 2 : 3)) {
      throw new WrongUse(USAGE);
    }
    FirebreakConfiguration config = Configurations.read(args.get(1));
    Equipage equipage = Configurations.equip(args.get(1), config, out);
    try {
      switch (order) {
        case "migrate" -> migrate(config, equipage.secrets, out);
        case "backup" -> backup(config, equipage.secrets, Path.of(args.get(2)), out);
        case "restore" -> restore(config, equipage.secrets, Path.of(args.get(2)), out);
        case "migrate-to" -> {
          return move(config, equipage.secrets, args.get(2), out);
        }
        default -> throw new WrongUse(USAGE);
      }
      return 0;
    } catch (StoreUnavailable e) {
      throw new StartRefused(String.valueOf(e.getMessage()), e);
    }
  }

  private static void migrate(FirebreakConfiguration config, Secrets secrets, PrintStream out) {
    List<String> applied = Database.migrate(config.database(), config.data(), secrets);
    out.println(
        applied.isEmpty()
            ? "the database is up to date"
            : "applied: " + String.join(", ", applied));
  }

  private static void backup(
      FirebreakConfiguration config, Secrets secrets, Path file, PrintStream out) {
    try {
      Backups.Made made = Backups.offline(config.database(), config.data(), secrets, file);
      out.println("%s: %d bytes, sha256 %s".formatted(made.file(), made.bytes(), made.sha256()));
    } catch (StoreUnavailable e) {
      boolean running = String.valueOf(e.getMessage()).contains(Database.IN_USE);
      throw running
          ? new StartRefused(e.getMessage() + "; or ask the one that runs: POST /api/v1/backups", e)
          : e;
    }
  }

  private static void restore(
      FirebreakConfiguration config, Secrets secrets, Path file, PrintStream out) {
    Restoration.Restored restored =
        Restoration.run(config.database(), config.data(), secrets, file, Instant.now());
    out.println(
        "%s: restored; %d entries of the journal are as they were written"
            .formatted(restored.file(), restored.entries()));
    out.println(
        "automation is off and %d live runs are paused; after the start, look through them, then"
                .formatted(restored.paused())
            + " switch automation on");
  }

  private static int move(
      FirebreakConfiguration config, Secrets secrets, String target, PrintStream out) {
    DatabaseSettings to = PostgresAddress.parse(target, System.getenv("PGPASSWORD"));
    Relocation.Moved moved = Relocation.run(config.database(), config.data(), to, secrets);
    moved.rows().forEach((table, rows) -> out.println("%-20s %d".formatted(table, rows)));
    int faults = moved.audit().faults().size();
    out.println(
        "moved; the journal: %d entries read, %d faults"
            .formatted(moved.audit().entries(), faults));
    out.println(
        "Now set database to {type: postgresql, url: \""
            + to.url()
            + "\", user: "
            + to.user()
            + ", password: …} and start. The H2 file is as it was: move it away.");
    return faults == 0 ? 0 : 1;
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
