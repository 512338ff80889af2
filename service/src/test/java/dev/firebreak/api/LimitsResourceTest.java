package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.access.Role;
import dev.firebreak.guard.Intent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LimitsResourceTest {
  @SuppressWarnings("NullAway.Init")
  private ApiServer server;

  private String viewer = "";

  @BeforeEach
  void start() throws Exception {
    server = new ApiServer();
    viewer = server.token("eve", Role.VIEWER);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<JsonNode> items(String what) {
    ApiServer.Answer answer = server.call("GET", "/api/v1/" + what, viewer, null);
    assertThat(answer.status()).isEqualTo(200);
    List<JsonNode> items = new ArrayList<>();
    answer.json().path("items").forEach(items::add);
    return items;
  }

  @Test
  void limits_sayWhatIsLeft_andWhenThereIsRoomAgain() {
    assertThat(items("limits"))
        .extracting(it -> it.path("level").asText(), it -> it.path("left").asInt())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("global", 60),
            org.assertj.core.groups.Tuple.tuple("runbook", 20));
    change("redis/a");
    List<JsonNode> limits = items("limits");
    assertThat(limits.getFirst().path("left").asInt()).isEqualTo(59);
    JsonNode target =
        limits.stream()
            .filter(it -> it.path("level").asText().equals("target"))
            .findFirst()
            .orElseThrow();
    assertThat(target.path("name").asText()).isEqualTo("redis/a");
    assertThat(target.path("left").asInt()).isZero();
    assertThat(target.path("per").asText()).isEqualTo("1d");
    assertThat(target.path("free_at").asText())
        .isEqualTo(Times.text(server.clock.instant().plus(Duration.ofDays(1))));
    assertThat(limits.getFirst().has("name")).isFalse();
  }

  private void change(String target) {
    server
        .database
        .ledger()
        .commit(
            tx -> {
              server.database.intents().add(tx, intent(target));
              return true;
            })
        .join();
  }

  private Intent intent(String target) {
    return new Intent(
        "int_1",
        "run_1",
        "restart",
        1,
        "book",
        "command",
        List.of(target),
        "cafe",
        null,
        server.clock.instant(),
        null,
        null);
  }

  @Test
  void locks_sayWhoHasATarget_andWhoWaits() {
    assertThat(items("locks")).isEmpty();
    server
        .database
        .ledger()
        .commit(
            tx -> {
              server.database.locks().take(tx, "redis/a", "run_1", server.clock.instant());
              server
                  .database
                  .locks()
                  .await(tx, "redis/a", "run_2", "restart", server.clock.instant());
              return true;
            })
        .join();
    JsonNode lock = items("locks").getFirst();
    assertThat(lock.path("target").asText()).isEqualTo("redis/a");
    assertThat(lock.path("run").asText()).isEqualTo("run_1");
    assertThat(lock.path("waiting").get(0).path("run").asText()).isEqualTo("run_2");
    assertThat(lock.path("waiting").get(0).path("lock").asText()).isEqualTo("queue");
  }
}
