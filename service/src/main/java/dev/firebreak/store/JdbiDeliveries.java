package dev.firebreak.store;

import dev.firebreak.alert.Deliveries;
import dev.firebreak.alert.Delivery;
import dev.firebreak.core.Tx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deliveries in a table. */
final class JdbiDeliveries implements Deliveries {
  @Override
  public void add(Tx tx, Delivery delivery) {
    sql(tx).insert(DeliverySql.Row.of(delivery));
  }

  @Override
  public Optional<Delivery> find(Tx tx, String id) {
    return sql(tx).find(id).map(DeliverySql.Row::toDelivery);
  }

  @Override
  public List<Delivery> list(Tx tx, @Nullable String source, @Nullable String before, int limit) {
    String end = Keys.before(before);
    List<DeliverySql.Row> rows =
        source == null ? sql(tx).all(end, limit) : sql(tx).from(source, end, limit);
    return rows.stream().map(DeliverySql.Row::toDelivery).toList();
  }

  private static DeliverySql sql(Tx tx) {
    return StoreTx.sql(tx, DeliverySql.class);
  }
}
