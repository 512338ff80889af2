package dev.firebreak.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.run.JournalEntry;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts what only the journal tells: answers of guards, gates, calls. */
final class JournalMetrics {
  /** The guards, in the order they are asked. */
  static final List<String> GUARDS =
      List.of(
          "halt",
          "own",
          "cause",
          "freeze",
          "storm",
          "disk",
          "scope",
          "alert",
          "cooldown",
          "lock",
          "limit",
          "blast",
          "breaker",
          "suspicion",
          "flapping",
          "policy",
          "opa",
          "approval",
          "promotion");

  /** By kind of entry. */
  static final Map<String, String> DECISIONS =
      Map.of("guard.denied", "deny", "guard.held", "hold", "guard.asked", "ask");

  static final List<String> GATES =
      List.of("opened", "approved", "rejected", "expired", "walked", "void");

  static final List<String> CALLS = List.of("called", "acknowledged", "exhausted");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> KNOWN_GUARDS = Set.copyOf(GUARDS);

  private final Counter guards;
  private final Counter intents;
  private final Counter refreshed;
  private final Counter gates;
  private final Counter calls;

  JournalMetrics(CollectorRegistry registry) {
    guards =
        Counter.build(
                "firebreak_guard_decisions_total", "Changes that a guard denied, held or asked of.")
            .labelNames("guard", "decision")
            .register(registry);
    intents =
        Counter.build("firebreak_intents_total", "Changes that were allowed and committed to.")
            .register(registry);
    refreshed =
        Counter.build(
                "firebreak_evidence_refreshed_total",
                "Changes that waited for their evidence to be gathered again.")
            .register(registry);
    gates =
        Counter.build("firebreak_gates_total", "Gates opened, and what became of them.")
            .labelNames("status")
            .register(registry);
    calls =
        Counter.build("firebreak_escalations_total", "Calls for humans, and how they ended.")
            .labelNames("status")
            .register(registry);
    Labels.create(guards, GUARDS, DECISIONS.values().stream().sorted().toList());
    DECISIONS.values().forEach(decision -> guards.labels(Labels.OTHER, decision));
    Labels.create(gates, GATES);
    Labels.create(calls, CALLS);
  }

  void count(JournalEntry entry) {
    String kind = entry.kind();
    String word = kind.substring(kind.indexOf('.') + 1);
    String decision = DECISIONS.get(kind);
    if (decision != null) {
      guards.labels(Labels.within(KNOWN_GUARDS, guard(entry)), decision).inc();
    } else if (kind.equals("intent.committed")) {
      intents.inc();
    } else if (kind.equals("evidence.outdated")) {
      refreshed.inc();
    } else if (kind.startsWith("gate.") && GATES.contains(word)) {
      gates.labels(word).inc();
    } else if (kind.startsWith("escalation.") && CALLS.contains(word)) {
      calls.labels(word).inc();
    }
  }

  private static String guard(JournalEntry entry) {
    try {
      return JSON.readTree(entry.data()).path("guard").asText();
    } catch (JsonProcessingException e) {
      return Labels.OTHER;
    }
  }
}
