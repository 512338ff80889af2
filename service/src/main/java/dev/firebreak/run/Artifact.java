package dev.firebreak.run;

import java.time.Instant;

/**
 * Evidence: named bytes.
 *
 * @param id {@code art_…}
 * @param name a file name without a path
 * @param mediaType of the bytes
 * @param size of the kept bytes
 * @param sha256 of the kept bytes, hex
 * @param truncated whether there was more
 */
public record Artifact(
    String id,
    String incidentId,
    String runId,
    String stepId,
    String name,
    String mediaType,
    long size,
    String sha256,
    boolean truncated,
    Instant createdAt) {}
