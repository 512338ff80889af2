package dev.firebreak.alert.generic;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to find alerts in a body: CEL expressions over {@code payload} (the body) and {@code headers}
 * (lower-case names, without credentials). With {@code each}, the other expressions see one element
 * of its list as {@code payload}; to reach what stands around it, let {@code each} build the
 * elements: {@code payload.matches.map(m, {'match': m, 'rule': payload.rule})}.
 *
 * @param each a list with one element for each alert; without it the body is one alert
 * @param status {@code 'firing'}, {@code 'resolved'}, or {@code 'ignore'} (or null) for an element
 *     that says nothing
 * @param fingerprint a text or number that names the condition: the same for its firing and its
 *     resolve; without it, it is computed from the labels
 * @param startsAt key {@code starts_at}: RFC 3339 or a number since 1970; without it, or when it
 *     yields null or an empty text, a firing begins when it is first received
 * @param endsAt key {@code ends_at}: as {@code starts_at}
 * @param labels an expression that yields a map, or a mapping of names to expressions
 * @param annotations as {@code labels}
 * @param severity a text; without it the label {@code severity}
 * @param summary a text; without it the annotation {@code summary}, {@code description}, or {@code
 *     message}, or the label {@code alertname}
 * @param link an http or https address
 */
public record Mapping(
    @JsonProperty("each") @Nullable String each,
    @JsonProperty("status") String status,
    @JsonProperty("fingerprint") @Nullable String fingerprint,
    @JsonProperty("starts_at") @Nullable String startsAt,
    @JsonProperty("ends_at") @Nullable String endsAt,
    @JsonProperty("labels") @Nullable Fields labels,
    @JsonProperty("annotations") @Nullable Fields annotations,
    @JsonProperty("severity") @Nullable String severity,
    @JsonProperty("summary") @Nullable String summary,
    @JsonProperty("link") @Nullable String link) {
  public Mapping {
    if (Objects.requireNonNullElse(status, "").isBlank()) {
      throw new IllegalArgumentException(
          "mapping.status is missing: an expression that yields 'firing' or 'resolved'");
    }
    if (fingerprint == null && labels == null) {
      throw new IllegalArgumentException(
          "mapping needs 'fingerprint' or 'labels': without, no alert can be told from another");
    }
  }
}
