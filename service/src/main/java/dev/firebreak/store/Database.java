package dev.firebreak.store;

import dev.firebreak.access.Tokens;
import dev.firebreak.alert.Alerts;
import dev.firebreak.alert.Deliveries;
import dev.firebreak.cluster.Bulletin;
import dev.firebreak.cluster.Mail;
import dev.firebreak.cluster.Nodes;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Secrets;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Tx;
import dev.firebreak.escalation.Escalations;
import dev.firebreak.gate.Gates;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.AutomationSwitch;
import dev.firebreak.guard.Intents;
import dev.firebreak.guard.Locks;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.Artifacts;
import dev.firebreak.run.Incidents;
import dev.firebreak.run.Journal;
import dev.firebreak.run.Runs;
import dev.firebreak.run.Signals;
import dev.firebreak.runbook.RunbookVersions;
import dev.firebreak.ticket.Tickets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.quartz.utils.DBConnectionManager;

/**
 * One open database: the ledger and every port on it. Thread-safe. Threads that use it may be
 * interrupted; its own never are.
 */
public final class Database implements Ports, AutoCloseable {
  /** How a refusal says that another process has the file open. */
  public static final String IN_USE = "is in use by another process";

  private static final int HISTORY = 1_000;

  private final Source source;
  private final Backups backups;
  private final GroupCommit committer;
  private final GroupCommit beside;
  private volatile @Nullable PostgresBulletin bulletin;
  private final Readers readers;
  private final Ledger ledger;
  private final Runs runs;
  private final Incidents incidents = new JdbiIncidents();
  private final Journal journal = new JdbiJournal();
  private final Artifacts artifacts = new JdbiArtifacts();
  private final RunbookVersions runbookVersions = new JdbiRunbookVersions();
  private final Alerts alerts = new JdbiAlerts();
  private final Deliveries deliveries = new JdbiDeliveries();
  private final Intents intents = new JdbiIntents();
  private final Locks locks = new JdbiLocks();
  private final AutomationSwitch automation = new JdbiAutomationSwitch();
  private final Gates gates = new JdbiGates();
  private final Escalations escalations = new JdbiEscalations();
  private final Outbox outbox;
  private final String node = "node_" + UUID.randomUUID().toString().replace("-", "");
  private final Tokens tokens = new JdbiTokens();
  private final Tickets tickets = new JdbiTickets();
  private final Nodes nodes = new JdbiNodes();
  private final Mail mail = new JdbiMail();
  private final Signals signals = new JdbiSignals();

  private static final int ASIDE = 100;

  private Database(Source source, DatabaseSettings settings) {
    this.source = source;
    backups = new Backups(source);
    Connections connections = new Connections(source.connections(), source.dialect());
    committer = new GroupCommit("committer", connections, settings.queue()).start();
    beside =
        new GroupCommit(
            "committer-aside", new Connections(source.hasty(), source.dialect()), ASIDE);
    if (shared()) {
      beside.start();
    }
    readers = new Readers(connections, settings.readers(), settings.readTimeout()).start();
    ledger = new Both(committer);
    Schema schema = new Schema(source.dialect());
    runs = new JdbiRuns(schema);
    outbox = new JdbiOutbox(node, shared(), schema);
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
    return new Database(source, settings);
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
    return ledger;
  }

  @Override
  public Runs runs() {
    return runs;
  }

  @Override
  public Incidents incidents() {
    return incidents;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public Artifacts artifacts() {
    return artifacts;
  }

  @Override
  public RunbookVersions runbookVersions() {
    return runbookVersions;
  }

  @Override
  public Alerts alerts() {
    return alerts;
  }

  public Deliveries deliveries() {
    return deliveries;
  }

  @Override
  public Intents intents() {
    return intents;
  }

  @Override
  public Locks locks() {
    return locks;
  }

  @Override
  public AutomationSwitch automation() {
    return automation;
  }

  @Override
  public Gates gates() {
    return gates;
  }

  @Override
  public Escalations escalations() {
    return escalations;
  }

  @Override
  public Outbox outbox() {
    return outbox;
  }

  public Tokens tokens() {
    return tokens;
  }

  public Tickets tickets() {
    return tickets;
  }

  @Override
  public Signals signals() {
    return signals;
  }

  @Override
  public Nodes nodes() {
    return nodes;
  }

  @Override
  public Mail mail() {
    return mail;
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
    return source.dialect() == Dialect.POSTGRESQL;
  }

  /**
   * A way to durable state beside {@link #ledger}, with a thread and a connection of its own, for
   * what must not stand in a queue, if the database bears two; else the same.
   */
  public Ledger aside() {
    return shared() ? new Both(beside) : ledger;
  }

  /** What proves that nobody touched the journal. */
  public JournalAudit audit() {
    return new JournalAudit(ledger);
  }

  /** What copies it while it is in use. */
  public Backups backups() {
    return backups;
  }

  /** Whether this came from a backup and nobody has switched automation on since. */
  public boolean restoredAndHalted() {
    return ledger.read(tx -> automation.history(tx, HISTORY)).stream()
        .takeWhile(setting -> setting.mode() == Automation.Mode.OFF)
        .anyMatch(setting -> setting.by().equals(Restoration.RESTORE.asText()));
  }

  /** What is wrong, while the last commit failed; empty when all is well. */
  public Optional<StoreUnavailable> fault() {
    return committer.fault();
  }

  @Override
  public boolean healthy() {
    return fault().isEmpty();
  }

  /** How many works wait to be committed. */
  public int waiting() {
    return committer.waiting();
  }

  /** Commits what waits, refuses what comes, then closes the database. */
  @Override
  public void close() {
    PostgresBulletin words = bulletin;
    if (words != null) {
      words.close();
    }
    committer.stop();
    if (shared()) {
      beside.stop();
    }
    readers.stop();
    source.shutDown();
  }

  /** Commits on one thread, reads on others. */
  private final class Both implements Ledger {
    private final GroupCommit writer;

    Both(GroupCommit writer) {
      this.writer = writer;
    }

    @Override
    public <T> CompletableFuture<T> commit(Function<Tx, T> work) {
      return writer.commit(work);
    }

    @Override
    public <T> T read(Function<Tx, T> query) {
      return readers.read(query);
    }
  }
}
