package dev.firebreak.store;

import dev.firebreak.core.Secrets;
import dev.firebreak.core.StoreUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Moves a site from its H2 file to an empty PostgreSQL database: every row of every table in one
 * transaction, read again and compared before it is committed. So there is all or nothing, and an
 * attempt that failed is simply made again. The file is only read.
 */
public final class Relocation {
  /** What is about processes, not about the site; and one row that is there from the beginning. */
  private static final Set<String> LEFT = Set.of("node", "commit_mark", "change_order");

  private final Source from;
  private final Source to;

  private Relocation(Source from, Source to) {
    this.from = from;
    this.to = to;
  }

  /**
   * What was moved.
   *
   * @param rows how many of each table
   * @param audit of the journal where it is now
   */
  public record Moved(Map<String, Long> rows, JournalAudit.Report audit) {
    public Moved {
      rows = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    }
  }

  /**
   * Moves a site. Nobody may use either database meanwhile.
   *
   * @param from an H2 file
   * @param to a PostgreSQL database without rows
   * @throws StoreUnavailable when it cannot be; the message says why. Then the target is as empty
   *     as it was.
   */
  public static Moved run(DatabaseSettings from, Path data, DatabaseSettings to, Secrets secrets) {
    Source file = Source.of(from, data, secrets);
    H2File h2 = file.file();
    if (h2 == null || to.type() != DatabaseSettings.Type.POSTGRESQL) {
      throw new StoreUnavailable("a site moves from an H2 file to postgresql://…", null);
    }
    if (!Files.exists(h2.path())) {
      throw new StoreUnavailable("database " + h2.path() + ": is not there", null);
    }
    file.open();
    try {
      Map<String, Long> rows = new Relocation(file, Source.of(to, data, secrets)).move();
      try (Database moved = Database.open(to, data, secrets)) {
        return new Moved(rows, moved.audit().run());
      }
    } finally {
      file.shutDown();
    }
  }

  private Map<String, Long> move() {
    to.prepare();
    try {
      return Source.aside("relocation", this::copyAll);
    } catch (java.util.concurrent.CompletionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw why instanceof StoreUnavailable told
          ? told
          : new StoreUnavailable("nothing was moved: " + Faults.inShort(why), why);
    }
  }

  private Map<String, Long> copyAll() throws SQLException {
    Map<String, Long> rows = new LinkedHashMap<>();
    try (Connection source = from.connections().getConnection();
        Connection target = to.connections().getConnection()) {
      Migrations.requireCurrent(source, Dialect.H2);
      target.setAutoCommit(false);
      for (String table : Changelog.tables(Dialect.H2)) {
        if (!LEFT.contains(table)) {
          rows.put(table, new TableCopy(table, source, target).run());
        }
      }
      target.commit();
    }
    return rows;
  }
}
