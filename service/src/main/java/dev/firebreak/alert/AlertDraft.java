package dev.firebreak.alert;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An alert as a sender words it, not yet checked; the same checks for every kind of source.
 *
 * @param fingerprint the sender's key; null or blank to have it computed from the labels
 * @param status {@code firing} or {@code resolved}
 * @param startsAt a text, a number, or null when the sender does not say
 * @param endsAt a text, a number, or null
 * @param labels kept exactly
 * @param annotations kept exactly
 * @param severity null to take the label {@code severity}
 * @param summary null to take the first of the usual annotations, or the alert's name
 * @param link kept only when it is an absolute http or https address
 */
public record AlertDraft(
    @Nullable String fingerprint,
    @Nullable String status,
    @Nullable Object startsAt,
    @Nullable Object endsAt,
    Map<String, String> labels,
    Map<String, String> annotations,
    @Nullable String severity,
    @Nullable String summary,
    @Nullable String link) {
  private static final int MAX_LINK = 8 * 1024;

  /**
   * Checks everything.
   *
   * @throws AlertFault naming the field that is wrong
   */
  public Parsed.Read checked(int index, String source, Instant receivedAt) {
    AlertText.checked("labels", labels);
    AlertText.checked("annotations", annotations);
    String key = key();
    Alert.Status state = state();
    Instant start = AlertTimes.parse("startsAt", startsAt);
    Instant end = AlertTimes.parse("endsAt", endsAt);
    Alert alert =
        new Alert(
            source,
            key,
            state,
            start == null ? receivedAt.truncatedTo(ChronoUnit.MILLIS) : start,
            state == Alert.Status.FIRING ? null : end,
            labels,
            annotations,
            shownSeverity(),
            shownSummary(key),
            shownLink());
    return new Parsed.Read(index, alert, start != null);
  }

  private String key() {
    if (fingerprint != null && !fingerprint.isBlank()) {
      return AlertText.checked("fingerprint", fingerprint, AlertText.MAX_FINGERPRINT);
    }
    if (labels.isEmpty()) {
      throw new AlertFault("it has neither fingerprint nor labels: nothing tells it from others");
    }
    return Fingerprint.of(labels);
  }

  private Alert.Status state() {
    return switch (status == null ? "" : status.strip().toLowerCase(Locale.ROOT)) {
      case "firing" -> Alert.Status.FIRING;
      case "resolved" -> Alert.Status.RESOLVED;
      case "" -> throw new AlertFault("status is missing: must be firing or resolved");
      default ->
          throw new AlertFault(
              "status must be firing or resolved, not '"
                  + AlertText.shown(String.valueOf(status))
                  + "'");
    };
  }

  private @Nullable String shownSeverity() {
    String word = severity == null || severity.isBlank() ? labels.get("severity") : severity;
    return word == null || word.isBlank()
        ? null
        : AlertText.line(AlertText.checked("severity", word, AlertText.MAX_VALUE_BYTES));
  }

  private String shownSummary(String key) {
    String[] candidates = {
      summary,
      annotations.get("summary"),
      annotations.get("description"),
      annotations.get("message"),
      labels.get("alertname")
    };
    for (String candidate : candidates) {
      String line =
          candidate == null
              ? ""
              : AlertText.line(AlertText.checked("summary", candidate, AlertText.MAX_VALUE_BYTES));
      if (!line.isEmpty()) {
        return line;
      }
    }
    return "alert " + AlertText.line(key);
  }

  private @Nullable String shownLink() {
    if (link == null || link.length() > MAX_LINK) {
      return null;
    }
    try {
      URI uri = new URI(link.strip());
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("http") || scheme.equals("https");
      return web && uri.getHost() != null ? uri.toASCIIString() : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
