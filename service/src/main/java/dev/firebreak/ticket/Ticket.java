package dev.firebreak.ticket;

import java.time.Instant;

/**
 * A ticket that an incident has in a system; one for each system.
 *
 * @param system the configured system's name
 * @param ref the system's own key: {@code 1234}
 * @param url where people see it
 * @param status as the system words it, when it was last read back
 */
public record Ticket(
    String incidentId, String system, String ref, String url, String status, Instant openedAt) {}
