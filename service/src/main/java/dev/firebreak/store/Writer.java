package dev.firebreak.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The one connection on which works are done, one after the other, and committed together; opened
 * when it is needed and not there. Used by one thread.
 */
final class Writer {
  /** How often a work is run whose place another node took. */
  private static final int RACES = 3;

  private final Connections connections;
  private final CommitMark mark = new CommitMark();
  private @Nullable Session session;

  Writer(Connections connections) {
    this.connections = connections;
  }

  private Session session() throws SQLException {
    if (session == null) {
      session = connections.writing();
      mark.prepare(session);
    }
    return session;
  }

  /**
   * Runs a work, again when another node was quicker; false when it must wait for another group.
   *
   * @throws SQLException when the open transaction is lost
   */
  boolean attempt(Pending<?> pending) throws SQLException {
    Session open = session();
    Dialect dialect = connections.dialect();
    for (int tries = 1; ; tries++) {
      dialect.setSavepoint(open);
      boolean well = pending.run(open);
      if (!well) {
        dialect.returnToSavepoint(open);
      }
      dialect.forgetSavepoint(open);
      if (!well && pending.jammed()) {
        return false;
      }
      if (well || tries == RACES || !pending.raced()) {
        return true;
      }
    }
  }

  /** Prepares the open transaction to be asked after; the last thing before its commit. */
  void mark() throws SQLException {
    mark.set(session());
  }

  void commit() throws SQLException {
    session().connection().commit();
  }

  /**
   * Whether the transaction that was marked last stands, asked on a new connection; as durable as
   * any when it returns.
   *
   * @throws SQLException when that cannot be told yet
   */
  boolean stands() throws SQLException {
    giveUp();
    return mark.stands(session(), connections.dialect());
  }

  /** Closes the connection; what was not committed on it is lost. */
  void giveUp() {
    if (session != null) {
      session.discard();
      session = null;
    }
  }
}
