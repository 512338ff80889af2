package dev.firebreak.guard.storm;

import java.time.Instant;

/**
 * A time in which everything together changed more than usual.
 *
 * @param begunAt when; also when the halt switch set itself
 * @param incidentId of the change that was one too many
 * @param what the sentence it begins with
 */
public record Storm(Instant begunAt, String incidentId, String what) {}
