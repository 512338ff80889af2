package dev.firebreak.store;

import dev.firebreak.core.Tx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One work's part of an open transaction. */
final class StoreTx implements Tx {
  private final Session session;
  private final boolean writing;
  private final List<Runnable> effects = new ArrayList<>();
  private final List<Runnable> regrets = new ArrayList<>();

  private boolean inLine;
  private @Nullable JournalPage page;

  StoreTx(Session session, boolean writing) {
    this.session = session;
    this.writing = writing;
  }

  static StoreTx of(Tx tx) {
    return (StoreTx) tx;
  }

  /** The statements of one aggregate, in this transaction. */
  static <T> T sql(Tx tx, Class<T> type) {
    return of(tx).session.sql(type);
  }

  /**
   * Whether what is read in order to be changed must be held until this transaction ends, since
   * other nodes may change it too.
   */
  static boolean holds(Tx tx) {
    return of(tx).writing && of(tx).session.amongOthers();
  }

  /** Whether nobody else writes to the database while this transaction is open, or between two. */
  static boolean writesAlone(Tx tx) {
    return of(tx).writing && !of(tx).session.amongOthers();
  }

  /**
   * The statements on intents, once no other node decides on changes: until the transaction ends,
   * what is counted here is all there is. A reading transaction waits for nobody, nor does one that
   * is the only one to write.
   */
  IntentSql inLine() {
    IntentSql sql = session.sql(IntentSql.class);
    if (writing && session.amongOthers() && !inLine) {
      sql.queueUp();
      inLine = true;
    }
    return sql;
  }

  /** The lines this work adds to the journal. */
  JournalPage page() {
    if (page == null) {
      page = new JournalPage(session.sql(JournalSql.class));
    }
    return page;
  }

  /** Writes what was put off until the work is done. */
  void finish() {
    if (page != null) {
      page.write();
    }
  }

  @Override
  public void afterCommit(Runnable effect) {
    effects.add(effect);
  }

  @Override
  public void onRollback(Runnable regret) {
    regrets.add(regret);
  }

  List<Runnable> effects() {
    return effects;
  }

  void rolledBack() {
    regrets.forEach(Runnable::run);
    regrets.clear();
    effects.clear();
  }
}
