package dev.firebreak.guard.promotion;

import java.time.Instant;

/**
 * What somebody said of a version of a runbook.
 *
 * @param version SHA-256 of the file's text, in hex
 * @param promoted whether it makes changes from then on; false: it rehearses again
 * @param by {@link dev.firebreak.core.Actor#asText}
 * @param reason never blank
 */
public record Promotion(
    String version, String runbook, boolean promoted, String by, Instant at, String reason) {}
