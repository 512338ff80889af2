package dev.firebreak.store;

import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code commit_mark}. */
interface MarkSql {
  @SqlUpdate("INSERT INTO commit_mark (writer, number) VALUES (:writer, 0) ON CONFLICT DO NOTHING")
  void insert(@Bind("writer") String writer);

  /** Forgets writers of long ago; those of today are among the newest thousand. */
  @SqlUpdate("DELETE FROM commit_mark WHERE opened < (SELECT MAX(opened) - 1000 FROM commit_mark)")
  void forget();

  @SqlUpdate("UPDATE commit_mark SET number = :number WHERE writer = :writer")
  int set(@Bind("writer") String writer, @Bind("number") long number);

  /** Waits until a transaction that set it, on whichever connection, has ended. */
  @SqlQuery("SELECT number FROM commit_mark WHERE writer = :writer FOR UPDATE")
  Optional<Long> settled(@Bind("writer") String writer);
}
