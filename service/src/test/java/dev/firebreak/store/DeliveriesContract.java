package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.alert.Deliveries;
import dev.firebreak.alert.Delivery;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link Deliveries} must do. */
abstract class DeliveriesContract extends Contract {
  private final String source = Samples.id("src");

  Deliveries deliveries() {
    return ((Database) database()).deliveries();
  }

  private Delivery added(byte[] body) {
    List<Delivery.Outcome> outcomes =
        Arrays.stream(Delivery.Result.values())
            .map(
                result ->
                    new Delivery.Outcome(
                        result.ordinal(),
                        "fp",
                        "firing",
                        result,
                        result == Delivery.Result.STARTED ? "inc_1" : null,
                        List.of("run_1"),
                        Map.of("redis-down", "its condition is false")))
            .toList();
    Delivery delivery =
        new Delivery(
            Samples.id("dlv"),
            source,
            NOON,
            "application/json",
            body,
            outcomes,
            List.of("2 alerts were cut off"),
            null);
    write(tx -> deliveries().add(tx, delivery));
    return delivery;
  }

  @Test
  void delivery_comesBackExactly() {
    for (byte[] body : new byte[][] {{}, {0, -1, 7}, new byte[2_000_000]}) {
      Delivery delivery = added(body);
      assertThat(find(tx -> deliveries().find(tx, delivery.id())))
          .hasValueSatisfying(
              it -> {
                assertThat(it)
                    .usingRecursiveComparison()
                    .ignoringFields("body")
                    .isEqualTo(delivery);
                assertThat(it.body()).isEqualTo(body);
              });
    }
    assertThat(find(tx -> deliveries().find(tx, "dlv_none"))).isEmpty();
  }

  @Test
  void pages_areNewestFirstAndFiltered() {
    Delivery one = added(new byte[0]);
    Delivery two = added(new byte[0]);
    assertThat(ids(source, null, 9)).containsExactly(two.id(), one.id());
    assertThat(ids(source, two.id(), 9)).containsExactly(one.id());
    assertThat(ids(null, null, 1)).containsExactly(two.id());
    assertThat(ids("nobody", null, 9)).isEmpty();
  }

  private List<String> ids(@Nullable String from, @Nullable String before, int limit) {
    return list(tx -> deliveries().list(tx, from, before, limit)).stream()
        .map(Delivery::id)
        .toList();
  }
}
