package dev.firebreak.alert;

import dev.firebreak.core.Tx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps deliveries and their receipts. Thread-safe. */
public interface Deliveries {
  /** Adds a delivery of a new id. */
  void add(Tx tx, Delivery delivery);

  /** A delivery, or empty when there is none of this id. */
  Optional<Delivery> find(Tx tx, String id);

  /**
   * A page, newest first.
   *
   * @param source only of this source, or null for all
   * @param before only with ids smaller than this, or null for the first page
   */
  List<Delivery> list(Tx tx, @Nullable String source, @Nullable String before, int limit);
}
