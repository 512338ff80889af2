package dev.firebreak.runbook;

import java.time.Duration;

/**
 * How often a failed attempt is tried again: exponential backoff with equal jitter and a cap (AWS
 * Architecture Blog, "Exponential Backoff And Jitter").
 *
 * @param attempts tries in all, at least 1
 * @param backoff the first pause, doubled each time
 * @param cap the longest pause
 */
public record Retry(int attempts, Duration backoff, Duration cap) {
  /** One try. */
  public static final Retry NONE = new Retry(1, Duration.ofSeconds(1), Duration.ofSeconds(30));

  /**
   * The pause after a failed attempt.
   *
   * @param attempt the attempt that failed, from 1
   * @param random in [0, 1): the jitter, given so that this stays a function
   */
  public Duration pause(int attempt, double random) {
    double ceiling =
        Math.min(cap.toMillis(), backoff.toMillis() * Math.pow(2, Math.min(attempt - 1, 30)));
    return Duration.ofMillis(Math.round(ceiling / 2 + ceiling / 2 * random));
  }
}
