package dev.firebreak.run;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody told a run.
 *
 * @param id {@code sig_…}
 * @param runId the run it is for
 * @param name what steps wait for
 * @param key by which a repeat is known, or null
 * @param body becomes the output of the step that waits for it; JSON values only
 * @param by who sent it: {@link dev.firebreak.core.Actor#asText}
 * @param at when it was kept
 */
public record Signal(
    String id,
    String runId,
    String name,
    @Nullable String key,
    Map<String, Object> body,
    String by,
    Instant at) {}
