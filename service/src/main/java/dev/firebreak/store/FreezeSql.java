package dev.firebreak.store;

import dev.firebreak.calendar.Repeat;
import dev.firebreak.calendar.Span;
import dev.firebreak.guard.freeze.Freeze;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code change_freeze} and {@code freeze_lift}. */
interface FreezeSql {
  String COLUMNS =
      """
      id, name, reason, owner, begins, ends, zone, repeats, mode, scope, made_by, made_at, over_at,
      ended_by, ended_at, ended_why, except_days
      """;

  /** A freeze as a row. {@code begins} and {@code ends} are times on the clock of the zone. */
  record Row(
      String id,
      String name,
      String reason,
      String owner,
      String begins,
      String ends,
      String zone,
      @Nullable String repeats,
      String mode,
      @Nullable String scope,
      String madeBy,
      Instant madeAt,
      @Nullable Instant overAt,
      @Nullable String endedBy,
      @Nullable Instant endedAt,
      @Nullable String endedWhy,
      @Nullable String exceptDays) {
    static Row of(Freeze freeze) {
      Span span = freeze.span();
      Repeat repeat = span.repeat();
      return new Row(
          freeze.id(),
          freeze.name(),
          freeze.reason(),
          freeze.owner(),
          span.from().toString(),
          span.until().toString(),
          span.zone().getId(),
          repeat == null ? null : repeat.text(),
          freeze.mode().asText(),
          freeze.scope(),
          freeze.by(),
          freeze.at(),
          span.over().orElse(null),
          null,
          null,
          null,
          repeat == null || repeat.except().isEmpty()
              ? null
              : repeat.except().stream()
                  .sorted()
                  .map(LocalDate::toString)
                  .collect(Collectors.joining(" ")));
    }

    private Set<LocalDate> days() {
      return exceptDays == null
          ? Set.of()
          : Arrays.stream(exceptDays.split(" ", -1))
              .map(LocalDate::parse)
              .collect(Collectors.toSet());
    }

    Freeze toFreeze() {
      return new Freeze(
          id,
          name,
          reason,
          owner,
          Span.parse(begins, ends, zone, repeats).except(days()),
          Freeze.Mode.valueOf(mode.toUpperCase(Locale.ROOT)),
          scope,
          madeBy,
          madeAt,
          end());
    }

    private Freeze.@Nullable End end() {
      return endedBy == null || endedAt == null || endedWhy == null
          ? null
          : new Freeze.End(endedBy, endedAt, endedWhy);
    }
  }

  /** A lift as a row. */
  record Lifted(String freezeId, Instant untilAt, String by, Instant at, String why) {
    static Lifted of(Freeze.Lift lift) {
      return new Lifted(
          lift.freeze(), lift.until(), lift.by().by(), lift.by().at(), lift.by().reason());
    }

    Freeze.Lift toLift() {
      return new Freeze.Lift(freezeId, untilAt, new Freeze.End(by, at, why));
    }
  }

  @SqlUpdate(
      """
      INSERT INTO change_freeze (id, name, reason, owner, begins, ends, zone, repeats, mode, scope,
          made_by, made_at, over_at, ended_by, ended_at, ended_why, except_days)
      VALUES (:id, :name, :reason, :owner, :begins, :ends, :zone, :repeats, :mode, :scope,
          :madeBy, :madeAt, :overAt, :endedBy, :endedAt, :endedWhy, :exceptDays)
      """)
  void insert(@BindRecord Row row);

  @SqlUpdate(
      """
      UPDATE change_freeze SET ended_by = :by, ended_at = :at, ended_why = :reason
      WHERE id = :id AND ended_at IS NULL
      """)
  int end(@Bind("id") String id, @BindRecord Freeze.End end);

  @SqlUpdate(
      """
      INSERT INTO freeze_lift (freeze_id, until_at, lifted_by, lifted_at, reason)
      VALUES (:freezeId, :untilAt, :by, :at, :why)
      """)
  void lift(@BindRecord Lifted lifted);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM change_freeze WHERE ended_at IS NULL AND (over_at IS NULL OR over_at > :now)"
          + " ORDER BY id")
  List<Row> standing(@Bind("now") Instant now);

  @SqlQuery(
      """
      SELECT freeze_id, until_at, lifted_by AS "by", lifted_at AS "at", reason AS why
      FROM freeze_lift
      WHERE until_at > :now
      ORDER BY place
      """)
  List<Lifted> lifts(@Bind("now") Instant now);

  @SqlQuery("SELECT " + COLUMNS + " FROM change_freeze ORDER BY id DESC LIMIT :limit")
  List<Row> newest(@Bind("limit") int limit);

  @SqlQuery("SELECT " + COLUMNS + " FROM change_freeze WHERE id = :id")
  Optional<Row> find(@Bind("id") String id);
}
