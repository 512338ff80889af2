package dev.firebreak.store;

import dev.firebreak.core.Ids;
import dev.firebreak.core.Reason;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepRun;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows for the contracts. Ids are new each time, so that tests can share a database. */
final class Samples {
  static final Instant AT = Instant.parse("2026-11-22T12:00:00.123456Z");
  static final Reason WHY = new Reason("timed-out", "the step took longer than 2s");
  private static final Ids IDS = new Ids(new SettableClock());

  private Samples() {}

  static String id(String prefix) {
    return IDS.next(prefix);
  }

  static Incident incident(String key) {
    return new Incident(
        id("inc"),
        key,
        "Redis does not answer",
        "critical",
        "team-cache",
        Incident.Status.OPEN,
        AT,
        null,
        null,
        null,
        null);
  }

  static Run run(String incidentId, StepRun... steps) {
    Map<String, StepRun> byId = new LinkedHashMap<>();
    Arrays.stream(steps).forEach(step -> byId.put(step.id(), step));
    Map<String, Object> alert = new LinkedHashMap<>();
    alert.put("labels", Map.of("alertname", "RedisDown", "ä \"quoted\"", "∑ 🔥"));
    alert.put("numbers", List.of(1, 2.5, true));
    alert.put("nothing", null);
    return new Run(
        id("run"),
        incidentId,
        "redis-down",
        "a1b2",
        alert,
        Map.of("host", "cache-1"),
        "source:prometheus",
        AT,
        RunStatus.QUEUED,
        null,
        null,
        Run.Control.NONE,
        1,
        byId);
  }
}
