package dev.firebreak.store;

import dev.firebreak.run.Signal;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code run_signal}. */
interface SignalSql {
  String COLUMNS = "id, run_id, name, sent_key, body, sent_by, sent_at";

  /** A signal. {@code key} is null when the sender gave none. */
  record Row(
      String id,
      String runId,
      String name,
      @Nullable String sentKey,
      String body,
      String sentBy,
      Instant sentAt) {
    static Row of(Signal signal) {
      String key = signal.key();
      return new Row(
          signal.id(),
          signal.runId(),
          signal.name(),
          key == null ? null : Keys.bounded(key),
          Json.write(signal.body()),
          signal.by(),
          signal.at());
    }

    Signal toSignal() {
      return new Signal(id, runId, name, sentKey, Json.object(body), sentBy, sentAt);
    }
  }

  @SqlUpdate(
      """
      INSERT INTO run_signal (id, run_id, name, sent_key, body, sent_by, sent_at, taken_by)
      VALUES (:id, :runId, :name, :sentKey, :body, :sentBy, :sentAt, NULL)
      """)
  void insert(@BindRecord Row row);

  @SqlQuery("SELECT " + COLUMNS + " FROM run_signal WHERE run_id = :run AND sent_key = :key")
  Optional<Row> find(@Bind("run") String runId, @Bind("key") String key);

  @SqlQuery("SELECT COUNT(*) FROM run_signal WHERE run_id = :run AND taken_by IS NULL")
  int untaken(@Bind("run") String runId);

  @SqlQuery("SELECT COUNT(*) FROM run_signal WHERE run_id = :run")
  int sent(@Bind("run") String runId);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM run_signal WHERE run_id = :run AND name = :name AND taken_by IS NULL"
          + " ORDER BY id LIMIT 1")
  Optional<Row> oldest(@Bind("run") String runId, @Bind("name") String name);

  @SqlUpdate("UPDATE run_signal SET taken_by = :step WHERE id = :id AND taken_by IS NULL")
  int take(@Bind("id") String id, @Bind("step") String step);
}
