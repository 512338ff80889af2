package dev.firebreak.oncall;

import org.jspecify.annotations.Nullable;

/**
 * A stretch in which one person is on call.
 *
 * @param planned whom the plan had, when it is somebody else or nobody; null when it is as planned
 *     or was planned for nobody
 */
public record Shift(String person, Span span, @Nullable String planned) {}
