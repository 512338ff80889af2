package dev.firebreak.runbook;

import dev.firebreak.expression.Condition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The proof of a change: asked again and again until it holds or the time is over.
 *
 * @param call a reading action
 * @param expect must be true of {@code output}; null means that the action succeeds
 * @param settle pause between the change and the first look
 * @param within how long, from the first look on, the proof may take to hold
 * @param every pause between looks
 * @param timeout bound of one look
 */
public record Verify(
    Call call,
    @Nullable Condition expect,
    Duration settle,
    Duration within,
    Duration every,
    Duration timeout) {}
