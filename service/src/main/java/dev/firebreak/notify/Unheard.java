package dev.firebreak.notify;

import java.time.Instant;

/**
 * A message that nobody received.
 *
 * @param id {@code unh_…}
 * @param messageKey the message's
 * @param incidentId the incident it is about
 * @param what which message, in a few words
 * @param error whether it is still tried, and why nobody received it; as it was when this was
 *     raised
 * @param raisedAt when
 */
public record Unheard(
    String id, String messageKey, String incidentId, String what, String error, Instant raisedAt) {}
