package dev.firebreak.store;

import dev.firebreak.core.Secrets;
import dev.firebreak.core.StoreUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/**
 * Backups of an H2 database, taken while it is in use: a zip with the file as it is at one moment.
 * Everything that was acknowledged before is in it. Writers go on meanwhile. Thread-safe; one is
 * made at a time.
 */
public final class Backups {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss-SSS'Z'").withZone(ZoneOffset.UTC);

  private final Source source;

  Backups(Source source) {
    this.source = source;
  }

  /**
   * A backup that is whole and flushed.
   *
   * @param sha256 of the zip, hex
   * @param took how long it took to make
   */
  public record Made(Path file, long bytes, String sha256, Duration took) {}

  /**
   * Makes one of a database that nobody has open; its tables stay of the version they are.
   *
   * @throws StoreUnavailable as {@link #take}, and when the database is in use or not there
   */
  public static Made offline(DatabaseSettings settings, Path data, Secrets secrets, Path file) {
    Source source = Source.of(settings, data, secrets);
    H2File database = source.file();
    if (database != null && !Files.exists(database.path())) {
      throw new StoreUnavailable("database " + database.path() + ": is not there", null);
    }
    source.open();
    try {
      return new Backups(source).take(file);
    } finally {
      source.shutDown();
    }
  }

  /** The name of the backup of a moment: names sort by time. */
  public static String nameAt(Instant now) {
    return "firebreak-" + MOMENT.format(now) + ".zip";
  }

  /**
   * Makes one; takes a second or so for each hundred megabytes.
   *
   * @param file must not exist; its folder is made if need be
   * @throws StoreUnavailable when it cannot be made; the message says why. Nothing is left behind.
   */
  public synchronized Made take(Path file) {
    if (source.file() == null) {
      throw new StoreUnavailable(
          "backups are made of an H2 file; for PostgreSQL use pg_dump, see"
              + " docs/operators/database.md",
          null);
    }
    long began = System.nanoTime();
    Path target = file.toAbsolutePath();
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      begin(target, part);
      Source.aside("backup", () -> write(part));
      BackupFile whole = new BackupFile(part);
      String sha256 = whole.check();
      whole.flush();
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      new BackupFile(Objects.requireNonNull(target.getParent())).flush();
      return new Made(
          target, Files.size(target), sha256, Duration.ofNanos(System.nanoTime() - began));
    } catch (IOException e) {
      throw failed(target, part, e);
    } catch (UncheckedIOException | CompletionException e) {
      throw failed(target, part, Objects.requireNonNull(e.getCause()));
    }
  }

  private static void begin(Path target, Path part) throws IOException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target + " is there already");
    }
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    Files.deleteIfExists(part);
    Files.createFile(part);
    new H2File(part).keepPrivate();
  }

  private boolean write(Path part) throws SQLException {
    try (Connection connection = source.connections().getConnection();
        PreparedStatement statement = connection.prepareStatement("BACKUP TO ?")) {
      statement.setString(1, part.toString());
      return statement.execute();
    }
  }

  private static StoreUnavailable failed(Path target, Path part, Throwable why) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
    String reason =
        why instanceof AtomicMoveNotSupportedException
            ? "it cannot be renamed"
            : Faults.inShort(why);
    return new StoreUnavailable("no backup was made in " + target + ": " + reason, why);
  }
}
