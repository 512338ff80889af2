package dev.firebreak.store;

import dev.firebreak.oncall.Absence;
import dev.firebreak.oncall.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code absence}. */
interface AbsenceSql {
  String COLUMNS = "id, person, substitute, starts_at, ends_at, reason, made_by, made_at";

  /** An absence. */
  record Row(
      String id,
      String person,
      String substitute,
      Instant startsAt,
      Instant endsAt,
      String reason,
      String madeBy,
      Instant madeAt) {
    static Row of(Absence absence) {
      return new Row(
          absence.id(),
          absence.person(),
          absence.substitute(),
          absence.span().from(),
          absence.span().to(),
          absence.reason(),
          absence.by(),
          absence.at());
    }

    Absence toAbsence() {
      return new Absence(
          id, person, substitute, new Span(startsAt, endsAt), reason, madeBy, madeAt);
    }
  }

  @SqlUpdate(
      """
      INSERT INTO absence (id, person, substitute, starts_at, ends_at, reason, made_by, made_at)
      VALUES (:id, :person, :substitute, :startsAt, :endsAt, :reason, :madeBy, :madeAt)
      """)
  void insert(@BindRecord Row row);

  @SqlUpdate("DELETE FROM absence WHERE id = :id")
  void delete(@Bind("id") String id);

  @SqlQuery("SELECT " + COLUMNS + " FROM absence WHERE id = :id")
  Optional<Row> find(@Bind("id") String id);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM absence WHERE ends_at > :from AND starts_at < :to ORDER BY id LIMIT 1000")
  List<Row> of(@Bind("from") Instant from, @Bind("to") Instant to);
}
