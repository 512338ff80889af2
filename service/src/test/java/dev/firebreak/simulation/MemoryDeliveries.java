package dev.firebreak.simulation;

import dev.firebreak.alert.Deliveries;
import dev.firebreak.alert.Delivery;
import dev.firebreak.core.Tx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deliveries in memory. */
final class MemoryDeliveries implements Deliveries {
  private final Table<Delivery> deliveries;

  MemoryDeliveries(Table<Delivery> deliveries) {
    this.deliveries = deliveries;
  }

  @Override
  public void add(Tx tx, Delivery delivery) {
    deliveries.insert(tx, delivery.id(), delivery);
  }

  @Override
  public Optional<Delivery> find(Tx tx, String id) {
    return deliveries.get(tx, id);
  }

  @Override
  public List<Delivery> list(Tx tx, @Nullable String source, @Nullable String before, int limit) {
    return MemoryRuns.newest(deliveries, tx, before).stream()
        .filter(it -> source == null || it.source().equals(source))
        .limit(limit)
        .toList();
  }
}
