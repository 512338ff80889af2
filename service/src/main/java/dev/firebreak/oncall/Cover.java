package dev.firebreak.oncall;

import java.time.Instant;

/**
 * Somebody takes a stretch of a schedule, whoever it was planned for: an override.
 *
 * @param id {@code cov_…}; of two that meet, the one with the later id counts
 * @param person who takes it
 * @param reason in the words of whoever made it; may be empty
 * @param by who made it
 */
public record Cover(
    String id, String schedule, String person, Span span, String reason, String by, Instant at) {}
