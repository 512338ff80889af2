package dev.firebreak.notify;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What templates of notices see, as it is when the notice is sent. Thread-safe. */
@FunctionalInterface
public interface NoticeFacts {
  /**
   * The facts of an incident.
   *
   * @param runId the run that tells, or null
   * @return JSON values only; {@code incident.title} and {@code incident.url} are always there
   * @throws dev.firebreak.outbox.CourierException when there is no such incident
   */
  Map<String, Object> of(String incidentId, @Nullable String runId);
}
