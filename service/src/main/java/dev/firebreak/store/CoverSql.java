package dev.firebreak.store;

import dev.firebreak.oncall.Cover;
import dev.firebreak.oncall.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on {@code cover}. */
interface CoverSql {
  String COLUMNS = "id, schedule, person, starts_at, ends_at, reason, made_by, made_at";

  /** A cover. */
  record Row(
      String id,
      String schedule,
      String person,
      Instant startsAt,
      Instant endsAt,
      String reason,
      String madeBy,
      Instant madeAt) {
    static Row of(Cover cover) {
      return new Row(
          cover.id(),
          cover.schedule(),
          cover.person(),
          cover.span().from(),
          cover.span().to(),
          cover.reason(),
          cover.by(),
          cover.at());
    }

    Cover toCover() {
      return new Cover(id, schedule, person, new Span(startsAt, endsAt), reason, madeBy, madeAt);
    }
  }

  @SqlUpdate(
      """
      INSERT INTO cover (id, schedule, person, starts_at, ends_at, reason, made_by, made_at)
      VALUES (:id, :schedule, :person, :startsAt, :endsAt, :reason, :madeBy, :madeAt)
      """)
  void insert(@BindRecord Row row);

  @SqlUpdate("DELETE FROM cover WHERE id = :id")
  void delete(@Bind("id") String id);

  @SqlQuery("SELECT " + COLUMNS + " FROM cover WHERE id = :id")
  Optional<Row> find(@Bind("id") String id);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM cover WHERE schedule = :schedule AND ends_at > :from AND starts_at < :to"
          + " ORDER BY id LIMIT 1000")
  List<Row> of(
      @Bind("schedule") String schedule, @Bind("from") Instant from, @Bind("to") Instant to);
}
