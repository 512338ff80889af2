package dev.firebreak.api;

import dev.firebreak.run.Incident;
import org.jspecify.annotations.Nullable;

/** An incident, as lists show it. */
@Wire
record IncidentDoc(
    String id,
    String key,
    String title,
    @Nullable String severity,
    String owner,
    String status,
    String openedAt,
    @Nullable String acknowledgedBy,
    @Nullable String acknowledgedAt,
    @Nullable String resolvedBy,
    @Nullable String resolvedAt) {
  static IncidentDoc of(Incident incident) {
    return new IncidentDoc(
        incident.id(),
        incident.key(),
        incident.title(),
        incident.severity(),
        incident.owner(),
        incident.status().asText(),
        Times.text(incident.openedAt()),
        incident.acknowledgedBy(),
        Times.textOrNull(incident.acknowledgedAt()),
        incident.resolvedBy(),
        Times.textOrNull(incident.resolvedAt()));
  }
}
