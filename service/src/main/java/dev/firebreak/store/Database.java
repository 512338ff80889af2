package dev.firebreak.store;

import dev.firebreak.cluster.Bulletin;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Secrets;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.guard.Automation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quartz.utils.DBConnectionManager;

/**
 * One open database: the ledger and every port on it. Thread-safe. Threads that use it may be
 * interrupted; its own never are.
 */
public final class Database extends Tables implements AutoCloseable {
  /** How a refusal says that another process has the file open. */
  public static final String IN_USE = "is in use by another process";

  private static final int HISTORY = 1_000;

  private final String node;
  private final Source source;
  private final Ledgers ledgers;
  private final Backups backups;
  private volatile @Nullable PostgresBulletin bulletin;

  private Database(Source source, DatabaseSettings settings, String node) {
    super(node, source.dialect().shared(), new Schema(source.dialect()));
    this.node = node;
    this.source = source;
    ledgers = new Ledgers(source, settings);
    backups = new Backups(source);
  }

  /**
   * Opens a database and brings its tables up to date.
   *
   * @param data the folder an H2 file goes to when the settings name none
   * @param secrets resolve the password, now
   * @throws StoreUnavailable when it cannot be opened; the message is one line that says why and
   *     what to do
   */
  public static Database open(DatabaseSettings settings, Path data, Secrets secrets) {
    return open(Source.of(settings, data, secrets), settings);
  }

  /** A database in memory, gone when it is closed: for tests and rehearsals. */
  public static Database inMemory(String name) {
    return open(Source.inMemory(name), DatabaseSettings.h2(Path.of(name)));
  }

  static Database open(Source source, DatabaseSettings settings) {
    source.prepare();
    String node = "node_" + UUID.randomUUID().toString().replace("-", "");
    return new Database(source, settings, node);
  }

  /** Brings the tables of a database up to date and closes it again. */
  public static List<String> migrate(DatabaseSettings settings, Path data, Secrets secrets) {
    Source source = Source.of(settings, data, secrets);
    List<String> applied = source.prepare();
    source.shutDown();
    return applied;
  }

  @Override
  public Ledger ledger() {
    return ledgers.ledger();
  }

  /** The name of this process among those on this database, never used twice. */
  public String node() {
    return node;
  }

  /** Words between the nodes on this database; to be asked for once. */
  public Bulletin bulletin() {
    if (!shared()) {
      return Bulletin.NONE;
    }
    PostgresBulletin words = new PostgresBulletin(source.hasty(), node).start();
    bulletin = words;
    return words;
  }

  /** Lets Quartz reach this database; under the name that is returned. */
  public String quartz() {
    DBConnectionManager.getInstance()
        .addConnectionProvider(node, new QuartzConnections(source.connections()));
    return node;
  }

  /** Whether other processes can work on this database too. */
  public boolean shared() {
    return source.dialect().shared();
  }

  /**
   * A way to durable state beside {@link #ledger}, with a thread and a connection of its own, for
   * what must not stand in a queue, if the database bears two; else the same.
   */
  public Ledger aside() {
    return ledgers.aside();
  }

  /** What proves that nobody touched the journal. */
  public JournalAudit audit() {
    return new JournalAudit(ledger());
  }

  /** What copies it while it is in use. */
  public Backups backups() {
    return backups;
  }

  /** Whether this came from a backup and nobody has switched automation on since. */
  public boolean restoredAndHalted() {
    return ledger().read(tx -> automation().history(tx, HISTORY)).stream()
        .takeWhile(setting -> setting.mode() == Automation.Mode.OFF)
        .anyMatch(setting -> setting.by().equals(Restoration.RESTORE.asText()));
  }

  /** What is wrong, while the last commit failed; empty when all is well. */
  public Optional<StoreUnavailable> fault() {
    return ledgers.fault();
  }

  @Override
  public boolean healthy() {
    return fault().isEmpty();
  }

  /** How many works wait to be committed. */
  public int waiting() {
    return ledgers.waiting();
  }

  /** Commits what waits, refuses what comes, then closes the database. */
  @Override
  public void close() {
    PostgresBulletin words = bulletin;
    if (words != null) {
      words.close();
    }
    ledgers.stop();
    source.shutDown();
  }
}
