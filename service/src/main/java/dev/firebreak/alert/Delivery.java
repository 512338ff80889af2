package dev.firebreak.alert;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One webhook request as received, with what became of it.
 *
 * @param id {@code dlv_…}
 * @param source the configured source's name
 * @param receivedAt when
 * @param mediaType as sent
 * @param body the raw bytes
 * @param outcomes one for each alert, in the order of the body
 * @param notes what concerns the whole delivery: truncation, quarantine counts
 * @param replayOf the delivery this one repeats, or null
 */
public record Delivery(
    String id,
    String source,
    Instant receivedAt,
    String mediaType,
    byte[] body,
    List<Outcome> outcomes,
    List<String> notes,
    @Nullable String replayOf) {
  public Delivery {
    outcomes = List.copyOf(outcomes);
    notes = List.copyOf(notes);
  }

  /**
   * What became of one alert of a delivery.
   *
   * @param index its place in the body, from 0
   * @param fingerprint the sender's key, empty when it could not be read
   * @param status firing, resolved, or invalid
   * @param result what happened
   * @param incident the incident it belongs to, or null
   * @param runs the runs it started or belongs to
   * @param reasons for each runbook that did not start, or the fault: why
   */
  public record Outcome(
      int index,
      String fingerprint,
      String status,
      Result result,
      @Nullable String incident,
      List<String> runs,
      Map<String, String> reasons) {
    public Outcome {
      runs = List.copyOf(runs);
      reasons = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(reasons));
    }
  }

  /** What happened to an alert. */
  public enum Result {
    /** It started at least one run. */
    STARTED,
    /** It joined an incident whose run lives. */
    JOINED,
    /** The same was said before. */
    DUPLICATE,
    /** It ended an alert. */
    RESOLVED,
    /** It says less than what is known: a firing after its resolve, a resolve without a firing. */
    STALE,
    /** No runbook wants it. */
    UNMATCHED,
    /** It could not be read; the others of the delivery were. */
    QUARANTINED
  }
}
