package dev.firebreak.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.core.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code retention} of the configuration: how long what is over stays. What is live or
 * unresolved, and what a limit or cool-down still counts, stays in any case.
 *
 * @param incidents how long a resolved incident stays, with its runs, journal and evidence
 * @param most how many incidents stay at most, whatever their age
 * @param artifacts how long the bytes of evidence stay; that it was, and its hash, stays longer
 * @param deliveries how long webhooks stay as they were received
 * @param every how often it is looked for what is old
 */
public record RetentionSettings(
    Duration incidents, long most, Duration artifacts, Duration deliveries, Duration every) {
  private static final Duration INCIDENTS = Duration.ofDays(400);
  private static final Duration ARTIFACTS = Duration.ofDays(90);
  private static final long MOST = 1_000_000;
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final Duration LEAST = Duration.ofDays(1);

  public RetentionSettings {
    least("retention.incidents", incidents, LEAST);
    least("retention.artifacts", artifacts, LEAST);
    least("retention.deliveries", deliveries, LEAST);
    least("retention.every", every, Duration.ofMinutes(1));
    if (most < 100) {
      throw new IllegalArgumentException("retention.most: must be 100 or more");
    }
  }

  /** Reads the section; what is absent has its default. */
  @JsonCreator
  public static RetentionSettings of(
      @JsonProperty("incidents") @Nullable String incidents,
      @JsonProperty("most") @Nullable Long most,
      @JsonProperty("artifacts") @Nullable String artifacts,
      @JsonProperty("deliveries") @Nullable String deliveries,
      @JsonProperty("every") @Nullable String every) {
    Duration whole = or(incidents, INCIDENTS);
    return new RetentionSettings(
        whole,
        most == null ? MOST : most,
        or(artifacts, ARTIFACTS),
        or(deliveries, whole),
        or(every, EVERY));
  }

  private static Duration or(@Nullable String text, Duration fallback) {
    return text == null ? fallback : Durations.parse(text, LONGEST);
  }

  private static void least(String key, Duration value, Duration least) {
    if (value.compareTo(least) < 0) {
      throw new IllegalArgumentException(key + ": must be " + Durations.text(least) + " or more");
    }
  }
}
