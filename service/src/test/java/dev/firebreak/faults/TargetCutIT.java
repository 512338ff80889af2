package dev.firebreak.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.faults.TcpProxy.Weather;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The wire to the target goes bad in the middle of a change: nobody knows what happened, so the
 * change is {@code unknown}, its proof or a person decides, and it is never sent again.
 */
class TargetCutIT {
  private static final int CHANGES_OF_EACH = Integer.getInteger("firebreak.changes", 4);
  private static final Duration ENDED_WITHIN = Duration.ofSeconds(25);
  private static final String RUNBOOK =
      Site.RUNBOOK
          .replace("STUB/fix", "http://127.0.0.1:{{alert.labels.port}}/fix")
          .replace("timeout: 10s", "timeout: 3s");

  @TempDir Path folder;

  private final Alerts alerts = new Alerts();
  private final Map<Weather, TcpProxy> wires = new EnumMap<>(Weather.class);

  @Test
  void wireThatFailsAmidAChange_leavesItUnknownAndNeverRepeatsIt() throws Exception {
    try (StubTarget stub = new StubTarget()) {
      Site site = new Site(folder, stub.port()).runbook(RUNBOOK, stub.port());
      try (ServiceProcess service = site.node("node")) {
        service.start();
        for (Weather weather : Weather.values()) {
          wires.put(weather, new TcpProxy(stub.port()));
        }
        send(service, "warm");
        settle(service);
        assertThat(stub.fixes()).as("connections are kept").hasSize(Weather.values().length);
        wires.forEach((weather, wire) -> wire.weather(weather));
        for (int i = 0; i < CHANGES_OF_EACH; i++) {
          send(service, "n" + i);
        }
        settle(service);
        for (Weather weather : Weather.values()) {
          look(service, stub, weather);
        }
        // What the bad wire still held arrives now, long after.
        wires.values().forEach(wire -> wire.weather(Weather.PASS));
        Judge.Verdict verdict = new Judge(site, stub, alerts).judge(service);
        System.out.printf(
            "wire to the target: %d changes under each of %s, %s%n",
            CHANGES_OF_EACH, List.of(Weather.values()), verdict);
      } finally {
        for (TcpProxy wire : wires.values()) {
          wire.close();
        }
      }
    }
  }

  private void send(ServiceProcess service, String name) throws InterruptedException {
    for (Map.Entry<Weather, TcpProxy> wire : wires.entrySet()) {
      String target = wire.getKey() + "-" + name;
      assertThat(alerts.send(service, target, wire.getValue().port())).isEqualTo(202);
    }
  }

  /** Until every change has ended or waits for a person. */
  private static void settle(ServiceProcess service) {
    List<JsonNode> open =
        Await.until(
            "every change has ended or a person is asked",
            ENDED_WITHIN,
            () -> Judge.wholeRuns(service).stream().filter(run -> !settled(run)).toList(),
            List::isEmpty);
    assertThat(open).isEmpty();
  }

  private static boolean settled(JsonNode run) {
    return run.hasNonNull("ended_at")
        || (step(run, "fix").path("status").asText().equals("unknown")
            && step(run, "fix.verify").hasNonNull("ended_at"));
  }

  private static JsonNode step(JsonNode run, String id) {
    return run.path("steps")
        .valueStream()
        .filter(step -> step.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static void look(ServiceProcess service, StubTarget stub, Weather weather) {
    int looked = 0;
    for (JsonNode run : Judge.wholeRuns(service)) {
      String target = run.path("vars").path("target").asText();
      if (target.startsWith(weather + "-n")) {
        boolean arrived = weather != Weather.HOLD && weather != Weather.CUT_REQUESTS;
        assertThat(stub.saw(target)).as(target).isEqualTo(arrived);
        JsonNode fix = step(run, "fix");
        assertThat(fix.path("attempt").asInt()).as(target).isEqualTo(1);
        assertThat(fix.path("status").asText())
            .as(target)
            .isEqualTo(arrived ? "succeeded" : "unknown");
        assertThat(bounded(run)).as("%s ended in time", target).isTrue();
        looked++;
      }
    }
    assertThat(looked).isEqualTo(CHANGES_OF_EACH);
  }

  private static boolean bounded(JsonNode run) {
    Instant began = Instant.parse(run.path("created_at").asText());
    return !run.hasNonNull("ended_at")
        || Duration.between(began, Instant.parse(run.path("ended_at").asText()))
                .compareTo(ENDED_WITHIN)
            < 0;
  }
}
