package dev.firebreak.runbook;

import java.time.Duration;

/**
 * What takes a change back.
 *
 * @param call a changing action
 * @param retry how often a failure is tried again
 * @param timeout bound of one attempt
 * @param idempotent whether it may be run again when it was interrupted
 */
public record Undo(Call call, Retry retry, Duration timeout, boolean idempotent) {}
