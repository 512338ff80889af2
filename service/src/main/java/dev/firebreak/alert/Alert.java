package dev.firebreak.alert;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One normalised condition. Its identity is source, fingerprint and start; its status changes.
 *
 * @param source the configured source's name
 * @param fingerprint the sender's key of the condition
 * @param status firing or resolved
 * @param startsAt when it began, to the millisecond
 * @param endsAt when it ended; null while firing or when the sender does not say
 * @param labels exactly as sent
 * @param annotations exactly as sent
 * @param severity as the sender words it, or null
 * @param summary one line for humans; never blank
 * @param link where the sender shows it, or null
 */
public record Alert(
    String source,
    String fingerprint,
    Status status,
    Instant startsAt,
    @Nullable Instant endsAt,
    Map<String, String> labels,
    Map<String, String> annotations,
    @Nullable String severity,
    String summary,
    @Nullable String link) {
  /** Whether the condition holds. */
  public enum Status {
    FIRING,
    RESOLVED
  }

  public Alert {
    labels = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    annotations = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  /** What conditions and templates see as {@code alert}: JSON values only. */
  public Map<String, Object> asModel() {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("source", source);
    model.put("fingerprint", fingerprint);
    model.put("status", status.name().toLowerCase(java.util.Locale.ROOT));
    model.put("starts_at", startsAt.toString());
    model.put("ends_at", endsAt == null ? "" : endsAt.toString());
    model.put("labels", labels);
    model.put("annotations", annotations);
    model.put("severity", severity == null ? "" : severity);
    model.put("summary", summary);
    model.put("link", link == null ? "" : link);
    return model;
  }
}
