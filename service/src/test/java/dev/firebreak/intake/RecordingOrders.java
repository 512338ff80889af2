package dev.firebreak.intake;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.Orders;
import dev.firebreak.run.Incident;
import dev.firebreak.run.NewRun;
import dev.firebreak.run.Runs;
import dev.firebreak.runbook.Runbook;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** An engine that starts runs, never moves them, and remembers what it was told. */
final class RecordingOrders {
  final List<String> started = Collections.synchronizedList(new ArrayList<>());
  final List<String> calmed = Collections.synchronizedList(new ArrayList<>());
  private final Runs runs;
  private final Ids ids;

  RecordingOrders(Runs runs, Ids ids) {
    this.runs = runs;
    this.ids = ids;
  }

  /** What intake gives its orders to; every other order is refused. */
  Orders orders() {
    return (Orders)
        Proxy.newProxyInstance(
            Orders.class.getClassLoader(),
            new Class<?>[] {Orders.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "start" -> start(args);
                  case "alarmed" -> null;
                  case "alertsResolved" -> calmed.add((String) args[1]) ? null : null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @SuppressWarnings("unchecked")
  private String start(Object[] args) {
    return start(
        (Tx) args[0],
        (Incident) args[1],
        (Runbook) args[2],
        (Map<String, Object>) args[3],
        (Actor) args[4],
        (Instant) args[5]);
  }

  private String start(
      Tx tx, Incident incident, Runbook runbook, Map<String, Object> alert, Actor by, Instant now) {
    return runs.live(tx, incident.id(), runbook.name())
        .orElseGet(
            () -> {
              String id = ids.next("run");
              runs.add(
                  tx, NewRun.of(id, incident.id(), runbook, alert, by.asText(), now), "node-1");
              started.add(runbook.name() + " for " + incident.key() + " by " + by.asText());
              return id;
            });
  }
}
