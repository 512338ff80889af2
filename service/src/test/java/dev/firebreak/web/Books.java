package dev.firebreak.web;

import dev.firebreak.expression.Cel;
import dev.firebreak.expression.Condition;
import dev.firebreak.expression.Escape;
import dev.firebreak.expression.Mustache;
import dev.firebreak.expression.Scope;
import dev.firebreak.runbook.Approve;
import dev.firebreak.runbook.Call;
import dev.firebreak.runbook.Escalate;
import dev.firebreak.runbook.Freshness;
import dev.firebreak.runbook.Limit;
import dev.firebreak.runbook.Retry;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.Step;
import dev.firebreak.runbook.Trigger;
import dev.firebreak.runbook.Verify;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The blueprint's runbook, as the loader would give it. */
final class Books {
  private static final Scope STEPS =
      new Scope(true, false, true, true, true, Set.of("host"), Set.of("ping", "info"));

  private Books() {}

  private static Condition when(String source) {
    return Cel.condition(source, STEPS);
  }

  private static Step step(String id, String name, String action, List<String> needs) {
    return new Step(
        id,
        name,
        new Call(action, Map.of()),
        null,
        needs,
        Retry.NONE,
        Duration.ofSeconds(10),
        null);
  }

  static Runbook redisDown() {
    Rung restart =
        new Rung(
                "restart",
                "Restart Redis",
                when("steps.ping.failed"),
                List.of(Mustache.compile("redis/{{vars.host}}", Escape.TEXT)),
                new Limit(2, Duration.ofHours(1), Limit.Over.ASK),
                Duration.ofMinutes(10),
                new Approve(
                    when("limit.used > 0"),
                    List.of("team-cache"),
                    1,
                    Duration.ofMinutes(15),
                    Duration.ZERO,
                    false,
                    List.of(),
                    List.of(List.of("team-platform"))),
                new Call("command", Map.of()),
                true,
                Retry.NONE,
                Duration.ofMinutes(1),
                null,
                new Verify(
                    new Call("tcp", Map.of()),
                    null,
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2)),
                null)
            .by(new Freshness(Freshness.USUAL, List.of("ping"), Map.of(), Map.of()));
    return new Runbook(
        "redis-down",
        "Redis does not answer",
        "team-cache",
        new Trigger(
            Cel.condition("alert.labels.alertname == 'RedisDown'", Scope.ALERT),
            Mustache.compile("redis/{{alert.labels.instance}}", Escape.TEXT),
            Trigger.OnResolve.CANCEL),
        Map.of("host", Mustache.compile("{{alert.labels.instance}}", Escape.TEXT)),
        List.of(
            step("ping", "Ping", "tcp", List.of()),
            step("info", "Ask Redis about itself", "command", List.of("ping"))),
        List.of(restart),
        new Escalate("cache-oncall", null),
        List.of(step("finally-1", "Write the ticket", "ticket", List.of())),
        "9c1d".repeat(16),
        "runbook: redis-down\ntitle: Redis does not answer # " + Scene.EVIL + "\n");
  }
}
