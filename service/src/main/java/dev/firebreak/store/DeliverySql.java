package dev.firebreak.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.firebreak.alert.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code delivery}. */
interface DeliverySql {
  String COLUMNS = "id, source, received_at, media_type, body, outcomes, notes, replay_of";

  /** A delivery as a row. */
  record Row(
      String id,
      String source,
      Instant receivedAt,
      String mediaType,
      byte[] body,
      String outcomes,
      String notes,
      @Nullable String replayOf) {
    private static final TypeReference<List<Delivery.Outcome>> OUTCOMES = new TypeReference<>() {};

    static Row of(Delivery delivery) {
      return new Row(
          delivery.id(),
          delivery.source(),
          delivery.receivedAt(),
          delivery.mediaType(),
          delivery.body(),
          Json.write(delivery.outcomes()),
          Json.write(delivery.notes()),
          delivery.replayOf());
    }

    Delivery toDelivery() {
      return new Delivery(
          id,
          source,
          receivedAt,
          mediaType,
          body,
          Json.read(outcomes, OUTCOMES),
          Json.list(notes),
          replayOf);
    }
  }

  @SqlUpdate(
      """
      INSERT INTO delivery (id, source, received_at, media_type, body, outcomes, notes, replay_of)
      VALUES (:id, :source, :receivedAt, :mediaType, :body, :outcomes, :notes, :replayOf)
      """)
  void insert(@BindRecord Row row);

  @SqlQuery("SELECT " + COLUMNS + " FROM delivery WHERE id = :id")
  Optional<Row> find(@Bind("id") String id);

  @SqlQuery("SELECT " + COLUMNS + " FROM delivery WHERE id < :before ORDER BY id DESC LIMIT :limit")
  List<Row> all(@Bind("before") String before, @Bind("limit") int limit);

  @SqlQuery(
      "SELECT "
          + COLUMNS
          + " FROM delivery WHERE source = :source AND id < :before ORDER BY source DESC, id DESC"
          + " LIMIT :limit")
  List<Row> from(
      @Bind("source") String source, @Bind("before") String before, @Bind("limit") int limit);
}
