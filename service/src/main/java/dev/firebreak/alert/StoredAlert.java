package dev.firebreak.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert as the store keeps it.
 *
 * @param id {@code alr_…}
 * @param alert what was said last
 * @param incidentId the incident it belongs to, null when no runbook wanted it
 * @param firstDelivery the delivery that brought it first
 * @param firstSeen when
 * @param lastSeen when a delivery said something of it last
 * @param deliveries how many deliveries spoke of it
 */
public record StoredAlert(
    String id,
    Alert alert,
    @Nullable String incidentId,
    String firstDelivery,
    Instant firstSeen,
    Instant lastSeen,
    long deliveries) {}
