package dev.firebreak.store;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Secrets;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Automation;
import dev.firebreak.run.JournalEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Puts a backup in the place of a database that is not there, and notices when somebody else did.
 * What comes up is a look into the past, so it comes up paused: automation is off, every live run
 * is paused, and nothing that the past had left to do is done before a human switches automation on
 * again.
 */
public final class Restoration {
  /** Who halts a restored site. */
  public static final Actor RESTORE = new Actor(Actor.Kind.SYSTEM, "restore");

  private final Path file;
  private final Path aside;
  private final Path data;
  private final Secrets secrets;

  private Restoration(Path file, Path data, Secrets secrets) {
    this.file = file;
    this.data = data;
    this.secrets = secrets;
    String base = file.getFileName().toString().replaceAll("\\.mv\\.db$", "");
    aside = file.resolveSibling(base + ".restoring.mv.db");
  }

  /**
   * What was restored.
   *
   * @param paused how many live runs were paused
   * @param entries how many entries of the journal were read, and found right
   */
  public record Restored(Path file, int paused, long entries) {}

  /**
   * Restores a backup.
   *
   * @param settings of the database that shall be, an H2 file that is not there
   * @throws StoreUnavailable when it cannot be; the message says why, and nothing is left behind
   */
  public static Restored run(
      DatabaseSettings settings, Path data, Secrets secrets, Path backup, Instant now) {
    H2File file = Source.of(settings, data, secrets).file();
    if (file == null) {
      throw new StoreUnavailable("backups are restored to an H2 file; see pg_restore", null);
    }
    if (Files.exists(file.path())) {
      throw new StoreUnavailable(
          "database "
              + file.path()
              + ": is there already; a backup is restored only where there is none: move it away,"
              + " or name another data folder",
          null);
    }
    return new Restoration(file.path(), data, secrets).from(backup, now);
  }

  /**
   * Pauses a database that was restored by other means, such as {@code pg_restore}, since Firebreak
   * last started on it. To be called before anything is done. An H2 file does not show it.
   *
   * @return how many live runs were paused; empty when it is where it was
   */
  public static OptionalInt notice(Database database, Instant now) {
    return database.shared()
        ? database.ledger().commit(tx -> notice(database, tx, now)).join()
        : OptionalInt.empty();
  }

  private static OptionalInt notice(Database database, Tx tx, Instant now) {
    WhereaboutsSql sql = StoreTx.sql(tx, WhereaboutsSql.class);
    String before = sql.remembered();
    String here = sql.here();
    if (before.equals(here)) {
      return OptionalInt.empty();
    }
    sql.remember(here);
    return before.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(pause(database, tx, "the database was restored from a copy", now));
  }

  private Restored from(Path backup, Instant now) {
    try {
      new Preflight(aside).check();
      Files.deleteIfExists(aside);
      Files.createFile(aside);
      new H2File(aside).keepPrivate();
      try (OutputStream out = Files.newOutputStream(aside)) {
        new BackupFile(backup).extract(out);
      }
      Restored restored = paused(backup, now);
      new BackupFile(aside).flush();
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
      new Preflight(file).expect();
      new BackupFile(Objects.requireNonNull(file.getParent())).flush();
      return restored;
    } catch (IOException | StoreUnavailable e) {
      throw new StoreUnavailable(
          "nothing was restored from " + backup + ": " + Faults.inShort(e), e);
    } finally {
      cleanUp();
    }
  }

  private void cleanUp() {
    try {
      Files.deleteIfExists(aside);
      Files.deleteIfExists(new Preflight(aside).marker());
    } catch (IOException e) {
      throw new StoreUnavailable("remove " + aside + " by hand: " + e.getMessage(), e);
    }
  }

  private Restored paused(Path backup, Instant now) {
    Path base = Path.of(aside.toString().replaceAll("\\.mv\\.db$", ""));
    DatabaseSettings settings = DatabaseSettings.h2(base);
    try (Database database = Database.open(settings, data, secrets)) {
      JournalAudit.Report audit = database.audit().run();
      if (!audit.faults().isEmpty()) {
        throw new StoreUnavailable(
            "its journal is not as it was written: " + audit.faults().getFirst(), null);
      }
      String what = "restored from the backup " + backup.getFileName();
      int runs = database.ledger().commit(tx -> pause(database, tx, what, now)).join();
      return new Restored(file, runs, audit.entries());
    }
  }

  /** In one transaction: there is no moment at which a part of it holds. */
  private static int pause(Database database, Tx tx, String what, Instant now) {
    database
        .automation()
        .set(
            tx,
            new Automation(
                Automation.Mode.OFF,
                what
                    + "; runs that were live are paused, and no message is sent until automation"
                    + " is switched on",
                RESTORE.asText(),
                now,
                null));
    RunSql runs = StoreTx.sql(tx, RunSql.class);
    runs.pauseLive();
    List<RunSql.Row> live = runs.live();
    for (RunSql.Row run : live) {
      database
          .journal()
          .append(
              tx,
              new JournalEntry.Note(
                  run.incidentId(),
                  now,
                  RESTORE.asText(),
                  "run.paused",
                  run.id(),
                  null,
                  what + ": paused until a human resumes it",
                  Map.of()));
    }
    return live.size();
  }
}
