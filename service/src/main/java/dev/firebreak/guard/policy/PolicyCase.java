package dev.firebreak.guard.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A change that an author made up, and what the policies of the same file must say of it. What it
 * does not say of the change is an empty text.
 *
 * @param expect {@code allow}, {@code ask} or {@code deny}
 * @param policy the rule that must decide, or null for any
 */
public record PolicyCase(
    @JsonProperty("name") @Nullable String name,
    @JsonProperty("runbook") @Nullable Map<String, Object> runbook,
    @JsonProperty("step") @Nullable Map<String, Object> step,
    @JsonProperty("target") @Nullable String target,
    @JsonProperty("alert") @Nullable Map<String, Object> alert,
    @JsonProperty("actor") @Nullable Map<String, Object> actor,
    @JsonProperty("time") @Nullable Map<String, Object> time,
    @JsonProperty("expect") @Nullable String expect,
    @JsonProperty("policy") @Nullable String policy) {
  private static final Set<String> ALERT =
      Set.of(
          "source",
          "fingerprint",
          "status",
          "starts_at",
          "ends_at",
          "severity",
          "summary",
          "link",
          "labels",
          "annotations");

  public PolicyCase {
    refuse("runbook", runbook, Set.of("name", "title", "owner", "version"));
    refuse("step", step, Set.of("id", "rung", "action", "idempotent", "undo"));
    refuse("actor", actor, Set.of("kind", "name"));
    refuse("time", time, Set.of("date", "weekday", "clock", "zone", "hour", "minute"));
    refuse("alert", alert, ALERT);
  }

  private static void refuse(String what, @Nullable Map<String, Object> given, Set<String> known) {
    if (given != null && !known.containsAll(given.keySet())) {
      throw new IllegalArgumentException(
          "tests: %s has no such field; known are %s".formatted(what, new TreeSet<>(known)));
    }
  }

  /** What is wrong, or empty when the rules say what was expected. */
  Optional<String> fault(PolicySet policies) {
    if (expect == null) {
      return Optional.of("test '%s': expect: is required".formatted(name));
    }
    Policy.Verdict wanted = PolicyFile.verdict(expect);
    Optional<PolicySet.Ruling> ruling = policies.decide(change());
    Policy.Verdict said = ruling.map(it -> it.policy().then()).orElse(Policy.Verdict.ALLOW);
    String by = ruling.map(it -> it.policy().name()).orElse("no policy");
    boolean right = said == wanted && (policy == null || policy.equals(by));
    return right
        ? Optional.empty()
        : Optional.of(
            "test '%s': expected %s%s, but %s says %s"
                .formatted(
                    name,
                    expect,
                    policy == null ? "" : " by '" + policy + "'",
                    by.equals("no policy") ? by : "'" + by + "'",
                    said.name().toLowerCase(Locale.ROOT)));
  }

  private Map<String, Object> change() {
    Map<String, Object> change = new LinkedHashMap<>();
    change.put("runbook", texts(runbook, "name", "title", "owner", "version"));
    Map<String, Object> made = texts(step, "id", "rung", "action");
    made.putIfAbsent("idempotent", false);
    made.put("undo", false);
    change.put("step", made);
    change.put("target", target == null ? "" : target);
    change.put("targets", target == null ? List.of() : List.of(target));
    Map<String, Object> fired = new LinkedHashMap<>();
    ALERT.forEach(name -> fired.put(name, ""));
    fired.put("labels", Map.of());
    fired.put("annotations", Map.of());
    if (alert != null) {
      fired.putAll(alert);
    }
    change.put("alert", fired);
    change.put("incident", texts(null, "id", "key", "title", "url"));
    change.put("actor", texts(actor, "kind", "name"));
    Map<String, Object> moment = texts(time, "date", "weekday", "clock", "zone");
    moment.putIfAbsent("hour", 0);
    moment.putIfAbsent("minute", 0);
    change.put("time", moment);
    return change;
  }

  private static Map<String, Object> texts(@Nullable Map<String, Object> given, String... names) {
    Map<String, Object> texts = new LinkedHashMap<>();
    for (String name : names) {
      texts.put(name, "");
    }
    if (given != null) {
      texts.putAll(given);
    }
    return texts;
  }
}
