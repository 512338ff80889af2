package dev.firebreak.runbook;

import dev.firebreak.expression.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Whom to call.
 *
 * @param to the escalation chain's name in the configuration
 * @param when called only if true; null means unless {@code run.outcome} is {@code mitigated} or
 *     {@code succeeded}
 */
public record Escalate(String to, @Nullable Condition when) {}
