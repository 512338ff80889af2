package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.StoreUnavailable;
import org.junit.jupiter.api.Test;

/** Who answers queries when a query went wrong. */
class ReadersTest {
  private static final int MORE_THAN_THERE_ARE_READERS = 8;

  @Test
  void errorOfTheDriver_isSaid_andNoReaderIsLost() {
    FaultyDatabase faulty = FaultyDatabase.inMemory("readers");
    try (Database database = faulty.open()) {
      faulty.breaks(
          place -> {
            throw new LinkageError("a class of the driver is gone");
          });
      for (int i = 0; i < MORE_THAN_THERE_ARE_READERS; i++) {
        assertThatThrownBy(() -> database.ledger().<Boolean>read(tx -> true))
            .isInstanceOf(StoreUnavailable.class)
            .hasMessageContaining("a class of the driver is gone");
      }

      faulty.breaks(place -> false);

      assertThat(database.ledger().<Boolean>read(tx -> true)).isTrue();
    }
  }
}
