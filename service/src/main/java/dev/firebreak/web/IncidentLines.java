package dev.firebreak.web;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.Artifact;
import java.util.List;
import java.util.Map;

/** Alerts, artifacts and messages as lines of a page. */
final class IncidentLines {
  private static final int LABELS = 24;
  private static final int LABEL_TEXT = 200;

  private IncidentLines() {}

  static IncidentView.AlertCard alert(StoredAlert stored, Times times) {
    Alert alert = stored.alert();
    boolean firing = alert.status() == Alert.Status.FIRING;
    return new IncidentView.AlertCard(
        new Badge(firing ? "bad" : "good", firing ? "firing" : "resolved"),
        Link.outside(Excerpt.line(alert.summary(), 300), alert.link()),
        alert.source(),
        Badge.severity(alert.severity()),
        times.when(alert.startsAt()),
        times.whenKnown(alert.endsAt()),
        stored.deliveries() > 1 ? Long.toString(stored.deliveries()) : "",
        labels(alert.labels()),
        labels(alert.annotations()));
  }

  private static List<IncidentView.Label> labels(Map<String, String> labels) {
    return labels.entrySet().stream()
        .limit(LABELS)
        .map(
            label ->
                new IncidentView.Label(
                    Excerpt.line(label.getKey(), LABEL_TEXT),
                    Excerpt.line(label.getValue(), LABEL_TEXT)))
        .toList();
  }

  static IncidentView.ArtifactLine artifact(Artifact artifact) {
    return new IncidentView.ArtifactLine(
        artifact.id(),
        Excerpt.line(artifact.name(), 120),
        artifact.stepId(),
        size(artifact.size()),
        artifact.sha256().substring(0, Math.min(12, artifact.sha256().length())),
        artifact.truncated());
  }

  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    return bytes < 1024 * 1024
        ? "%d KB".formatted(bytes / 1024)
        : "%d.%d MB".formatted(bytes >> 20, (bytes & 0xFFFFF) * 10 >> 20);
  }

  static IncidentView.SentLine sent(Outbox.Entry entry, Times times) {
    Object channel = entry.message().payload().get("channel");
    Object system = entry.message().payload().get("system");
    String where = channel != null ? channel.toString() : system == null ? "" : system.toString();
    Badge status =
        entry.deliveredAt() != null
            ? new Badge("good", "delivered")
            : entry.dueAt() == null
                ? new Badge("bad", "given up")
                : new Badge(
                    entry.attempts() == 0 ? "busy" : "warn",
                    entry.attempts() == 0 ? "on its way" : "trying again");
    String error =
        entry.deliveredAt() == null && entry.lastError() != null
            ? Excerpt.line(entry.lastError(), 200)
            : "";
    return new IncidentView.SentLine(
        (entry.message().kind() + " " + where).strip(),
        status,
        error,
        times.when(entry.deliveredAt() == null ? entry.createdAt() : entry.deliveredAt()));
  }
}
