package dev.firebreak.guard.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.firebreak.expression.Cel;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.expression.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file of policies and their tests, read strictly.
 *
 * @param policies in the order of the file
 * @param tests what its author expects
 */
public record PolicyFile(List<Policy> policies, List<PolicyCase> tests) {
  private static final ObjectMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public PolicyFile {
    policies = List.copyOf(policies);
    tests = List.copyOf(tests);
  }

  /** A file as it is written. */
  record Written(
      @JsonProperty("policies") @Nullable List<Rule> policies,
      @JsonProperty("tests") @Nullable List<PolicyCase> tests) {}

  /** A rule as it is written. */
  record Rule(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("owner") @Nullable String owner,
      @JsonProperty("when") @Nullable String when,
      @JsonProperty("then") @Nullable String then,
      @JsonProperty("why") @Nullable String why,
      @JsonProperty("by") @Nullable List<String> by,
      @JsonProperty("exception") @Nullable String exception) {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException with a line for each thing that is wrong, naming file and
   *     place
   */
  public static PolicyFile parse(String file, String text) {
    Written written;
    try {
      written = Objects.requireNonNullElse(YAML.readValue(text, Written.class), NOTHING);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s:%d:%d: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 1 : e.getLocation().getColumnNr(),
                  e.getOriginalMessage()),
          e);
    }
    List<String> faults = new ArrayList<>();
    List<Policy> policies = new ArrayList<>();
    for (Rule rule : Objects.requireNonNullElse(written.policies(), List.<Rule>of())) {
      try {
        policies.add(policy(rule));
      } catch (IllegalArgumentException e) {
        faults.add("%s: policy '%s': %s".formatted(file, rule.name(), e.getMessage()));
      }
    }
    List<PolicyCase> tests = Objects.requireNonNullElse(written.tests(), List.<PolicyCase>of());
    PolicySet set = new PolicySet(policies);
    if (faults.isEmpty()) {
      tests.stream()
          .flatMap(test -> test.fault(set).stream())
          .forEach(fault -> faults.add(file + ": " + fault));
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
    return new PolicyFile(policies, tests);
  }

  private static final Written NOTHING = new Written(null, null);

  private static Policy policy(Rule rule) {
    Policy.Verdict then = verdict(required("then", rule.then()));
    String owner = required("owner", rule.owner());
    List<String> by = rule.by() == null ? List.of(owner) : rule.by();
    if (by.isEmpty() || (rule.by() != null && then != Policy.Verdict.ASK)) {
      throw new IllegalArgumentException("by: names at least one, and only with 'then: ask'");
    }
    try {
      return new Policy(
          required("name", rule.name()),
          owner,
          Cel.condition(required("when", rule.when()), Scope.CHANGE),
          then,
          required("why", rule.why()),
          by,
          rule.exception());
    } catch (ExpressionException e) {
      throw new IllegalArgumentException("when: " + e.getMessage(), e);
    }
  }

  private static String required(String key, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(key + ": is required");
    }
    return value.strip();
  }

  /** Reads a verdict. */
  static Policy.Verdict verdict(String text) {
    return Stream.of(Policy.Verdict.values())
        .filter(known -> known.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("'" + text + "': must be allow, ask or deny"));
  }
}
