package dev.firebreak.core;

/**
 * Why something is as it is: a code for machines and metric labels, a sentence for humans.
 *
 * @param code lower-case words joined by hyphens, from a closed set per room: {@code timed-out}
 * @param text one sentence that says what, where and, for a refusal, what to do
 */
public record Reason(String code, String text) {}
