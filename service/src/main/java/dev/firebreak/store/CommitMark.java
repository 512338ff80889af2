package dev.firebreak.store;

import java.sql.SQLException;
import java.util.UUID;

/**
 * Tells what became of a commit that was sent and not answered. Each transaction of a writer sets
 * the writer's row to the next number. The row stays locked until that transaction has ended, on a
 * connection that is long gone too; then its number says whether it stands. Used by one thread.
 */
final class CommitMark {
  private final String writer = UUID.randomUUID().toString();
  private long number;

  /** Makes sure of the row, on a connection that was just opened. */
  void prepare(Session open) throws SQLException {
    MarkSql sql = open.sql(MarkSql.class);
    sql.insert(writer);
    sql.forget();
    open.connection().commit();
  }

  /** Marks the open transaction: the last thing before its commit. */
  void set(Session open) throws SQLException {
    number++;
    if (open.sql(MarkSql.class).set(writer, number) != 1) {
      throw new SQLException("the database was exchanged under this process");
    }
  }

  /**
   * Whether the transaction that was marked last stands; as durable as any when it returns.
   *
   * @throws SQLException when that cannot be told yet
   */
  boolean stands(Session open, Dialect dialect) throws SQLException {
    boolean stands = open.sql(MarkSql.class).settled(writer).filter(it -> it == number).isPresent();
    open.connection().commit();
    if (stands) {
      dialect.flush(open);
    }
    return stands;
  }
}
