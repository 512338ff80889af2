package dev.firebreak.action.http;

import dev.firebreak.action.Answer;
import dev.firebreak.action.Equipment;
import dev.firebreak.action.Evidence;
import dev.firebreak.action.Excerpt;
import dev.firebreak.action.JsonValues;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an answer means: did it work, may it be tried again, can we even tell. */
record Verdict(Equipment equipment, Expectation expect, boolean changing) {
  private static final int MAX_JSON = 256 * 1024;
  private static final int MAX_HEADER = 1024;
  private static final Set<String> SHOWN =
      Set.of(
          "age",
          "allow",
          "cache-control",
          "content-encoding",
          "content-language",
          "content-length",
          "content-type",
          "date",
          "etag",
          "expires",
          "last-modified",
          "server",
          "server-timing",
          "vary",
          "via",
          "warning",
          "x-cache",
          "x-correlation-id",
          "x-request-id",
          "x-trace-id",
          "traceresponse");

  Outcome of(Answer answer) {
    return judge(answer.truncated() ? answer.with(cut(answer)) : answer);
  }

  /** A secret that has only begun where the body was cut would be found by nobody later. */
  private byte[] cut(Answer answer) {
    return equipment.secrets().masker().maskCut(answer.body());
  }

  private Outcome judge(Answer answer) {
    Map<String, Object> output = output(answer);
    List<Evidence> evidence = evidence(answer);
    if (expect.takes(answer.status())) {
      return expect
          .lacks(answer)
          .<Outcome>map(why -> new Outcome.Failed(why, !changing, output, evidence))
          .orElseGet(() -> new Outcome.Succeeded(output, evidence));
    }
    Reason reason = reason(answer);
    return changing && leavesOpen(answer)
        ? new Outcome.Unknown(reason, output, evidence)
        : new Outcome.Failed(reason, retryable(answer), output, evidence);
  }

  private Reason reason(Answer answer) {
    String later = answer.retryAfter().map(after -> ", Retry-After: " + after).orElse("");
    return new Reason(
        "status-" + answer.status(),
        "%s:%d answered %d, expected %s%s%s"
            .formatted(
                answer.url().host(),
                answer.url().port(),
                answer.status(),
                String.join(" or ", expect.statuses()),
                later,
                Redirect.remark(answer)));
  }

  /**
   * Whether a change may have happened in spite of this answer. A 5xx can come from a proxy whose
   * server did the work and died, or from a server that failed half way. Two of them say that
   * nothing was begun: 501 and 505; and so does a 503 that names a time to come back at.
   */
  private static boolean leavesOpen(Answer answer) {
    return switch (answer.status()) {
      case 501, 505 -> false;
      case 503 -> answer.retryAfter().isEmpty();
      default -> answer.status() >= 500;
    };
  }

  private static boolean retryable(Answer answer) {
    return switch (answer.status()) {
      case 408, 425, 429 -> true;
      case 501, 505 -> false;
      default -> answer.status() >= 500;
    };
  }

  private Map<String, Object> output(Answer answer) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("status", (long) answer.status());
    output.put("headers", headers(answer));
    output.put("body", answer.isText() ? Excerpt.of(masked(answer)) : "");
    json(answer).ifPresent(json -> output.put("json", json));
    output.put("truncated", answer.truncated());
    output.put("duration_ms", answer.millis());
    return output;
  }

  /** Masked before it is cut, so that no half of a secret is left at the end. */
  private String masked(Answer answer) {
    return equipment.secrets().masker().mask(answer.text());
  }

  private Optional<Object> json(Answer answer) {
    boolean small = !answer.truncated() && answer.body().length <= MAX_JSON;
    return small && answer.isJson()
        ? JsonValues.read(equipment.json(), answer.body())
        : Optional.empty();
  }

  private static Map<String, Object> headers(Answer answer) {
    Map<String, Object> shown = new LinkedHashMap<>();
    for (String name : answer.headers().names()) {
      String key = name.toLowerCase(Locale.ROOT);
      if (SHOWN.contains(key)) {
        shown.put(key, Excerpt.of(String.join(", ", answer.headers().values(name)), MAX_HEADER));
      }
    }
    answer.retryAfter().ifPresent(after -> shown.put("retry-after", Excerpt.of(after, MAX_HEADER)));
    return shown;
  }

  private List<Evidence> evidence(Answer answer) {
    if (answer.body().length == 0) {
      return List.of();
    }
    String name = answer.isJson() ? "body.json" : answer.isText() ? "body.txt" : "body.bin";
    return List.of(new Evidence(name, answer.mediaType(), answer.body(), answer.truncated()));
  }
}
