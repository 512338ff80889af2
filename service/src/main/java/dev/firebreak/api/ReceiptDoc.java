package dev.firebreak.api;

import dev.firebreak.alert.Delivery;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of a delivery.
 *
 * @param delivery its id
 * @param counts how many of its alerts came to which result
 * @param alerts one for each alert of the body, in its order
 * @param notes what concerns the whole delivery
 */
@Wire
record ReceiptDoc(
    String delivery,
    String source,
    String receivedAt,
    @Nullable String replayOf,
    Map<String, Integer> counts,
    List<AlertLine> alerts,
    List<String> notes) {
  static ReceiptDoc of(Delivery delivery) {
    return new ReceiptDoc(
        delivery.id(),
        delivery.source(),
        Times.text(delivery.receivedAt()),
        delivery.replayOf(),
        counts(delivery),
        delivery.outcomes().stream().map(AlertLine::of).toList(),
        delivery.notes());
  }

  static Map<String, Integer> counts(Delivery delivery) {
    Map<String, Integer> counts = new TreeMap<>();
    delivery.outcomes().forEach(outcome -> counts.merge(word(outcome.result()), 1, Integer::sum));
    return counts;
  }

  private static String word(Delivery.Result result) {
    return result.name().toLowerCase(Locale.ROOT);
  }

  /**
   * What became of one alert.
   *
   * @param result started, joined, duplicate, resolved, stale, unmatched, or quarantined
   * @param runs those it started or belongs to
   * @param reasons for each runbook that did not start a run, why; under {@code alert} what
   *     concerns the alert itself
   */
  @Wire
  record AlertLine(
      int index,
      String fingerprint,
      String status,
      String result,
      @Nullable String incident,
      List<String> runs,
      Map<String, String> reasons) {
    static AlertLine of(Delivery.Outcome outcome) {
      return new AlertLine(
          outcome.index(),
          outcome.fingerprint(),
          outcome.status(),
          word(outcome.result()),
          outcome.incident(),
          outcome.runs(),
          outcome.reasons());
    }
  }
}
