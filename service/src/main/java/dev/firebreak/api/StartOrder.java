package dev.firebreak.api;

import dev.firebreak.alert.Alert;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An order to start a run by hand, checked.
 *
 * @param incident the key of the incident to join or open, null for the runbook's own
 * @param inputs what the runbook is given
 */
record StartOrder(
    String runbook, Condition condition, @Nullable String incident, Map<String, Object> inputs) {
  private static final int MOST_LABELS = 100;

  /**
   * What the run is told of the alert.
   *
   * @param labels never empty
   */
  record Condition(
      Map<String, String> labels,
      Map<String, String> annotations,
      String severity,
      String summary) {}

  /** As it is sent. */
  record Sent(
      @Nullable String runbook,
      @Nullable SentAlert alert,
      @Nullable String incident,
      @Nullable Map<String, @Nullable Object> inputs) {}

  /** As it is sent. */
  record SentAlert(
      @Nullable Map<String, @Nullable String> labels,
      @Nullable Map<String, @Nullable String> annotations,
      @Nullable String severity,
      @Nullable String summary) {}

  static StartOrder of(Sent sent) {
    SentAlert alert = sent.alert();
    if (alert == null) {
      throw Refusals.field("alert", "is required: what the run is told, with its labels");
    }
    Map<String, String> labels = texts("alert.labels", alert.labels());
    if (labels.isEmpty()) {
      throw Refusals.field("alert.labels", "is required, and must not be empty");
    }
    String incident = Body.optional("incident", sent.incident());
    return new StartOrder(
        Body.required("runbook", sent.runbook()),
        new Condition(
            labels,
            texts("alert.annotations", alert.annotations()),
            Body.optional("alert.severity", alert.severity()),
            Body.optional("alert.summary", alert.summary())),
        incident.isEmpty() ? null : incident,
        inputs(sent.inputs()));
  }

  private static Map<String, Object> inputs(@Nullable Map<String, @Nullable Object> sent) {
    Map<String, Object> inputs = new TreeMap<>();
    if (sent != null) {
      sent.forEach(
          (name, value) -> {
            if (value == null) {
              throw Refusals.field("inputs." + name, "must not be null: leave it out");
            }
            inputs.put(name, value);
          });
    }
    return inputs;
  }

  private static Map<String, String> texts(
      String field, @Nullable Map<String, @Nullable String> sent) {
    Map<String, String> texts = new TreeMap<>();
    if (sent != null) {
      sent.forEach((name, value) -> texts.put(name, Body.required(field + "." + name, value)));
    }
    if (texts.size() > MOST_LABELS) {
      throw Refusals.field(field, "must have at most %d entries".formatted(MOST_LABELS));
    }
    return texts;
  }

  /** The alert this order stands for. */
  Alert alert(String source, String by, Instant now) {
    String summary =
        condition.summary().isEmpty()
            ? "%s, started by hand by %s".formatted(runbook, by)
            : condition.summary();
    return new Alert(
        source,
        fingerprint(condition.labels()),
        Alert.Status.FIRING,
        now.truncatedTo(ChronoUnit.MILLIS),
        null,
        condition.labels(),
        condition.annotations(),
        condition.severity().isEmpty() ? null : condition.severity(),
        summary,
        null);
  }

  /** A short name for a set of texts: the same for the same texts. */
  static String fingerprint(Map<String, String> texts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new TreeMap<>(texts)
          .forEach(
              (name, value) -> {
                digest.update(bytes(name));
                digest.update(bytes(value));
              });
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] bytes(String text) {
    return (text.length() + ":" + text).getBytes(StandardCharsets.UTF_8);
  }
}
