package dev.firebreak.action.http;

import dev.firebreak.action.Answer;
import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Params;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an answer must be like. */
record Expectation(List<String> statuses, @Nullable String contains, @Nullable Duration maxTime) {
  private static final Pattern STATUS = Pattern.compile("[1-5](xx|[0-9]{2})");

  static Expectation read(Params params) {
    Params expect = new Params(params.fields("expect"));
    Object status = expect.raw("status");
    List<String> statuses =
        status instanceof List<?> list
            ? list.stream().map(String::valueOf).toList()
            : List.of(status == null ? "2xx" : String.valueOf(status));
    for (String one : statuses) {
      if (!STATUS.matcher(one).matches()) {
        throw new BadParameter("expect.status", "must be like 200 or 2xx, not '" + one + "'");
      }
    }
    if (statuses.isEmpty()) {
      throw new BadParameter("expect.status", "is an empty list");
    }
    return new Expectation(
        statuses,
        expect.has("body_contains") ? expect.text("body_contains") : null,
        expect.has("max_time") ? expect.duration("max_time", Duration.ZERO) : null);
  }

  boolean takes(int status) {
    String exact = String.valueOf(status);
    return statuses.contains(exact) || statuses.contains(exact.charAt(0) + "xx");
  }

  /** What an answer of an expected status lacks all the same. */
  Optional<Reason> lacks(Answer answer) {
    if (contains != null && !answer.text().contains(contains)) {
      String where =
          answer.truncated()
              ? "the first " + answer.body().length + " bytes of the answer do"
              : "the answer does";
      return Optional.of(new Reason("unexpected-body", where + " not contain '" + contains + "'"));
    }
    if (maxTime != null && answer.millis() > maxTime.toMillis()) {
      return Optional.of(
          new Reason(
              "too-slow",
              "the answer took %d ms, more than %s"
                  .formatted(answer.millis(), Durations.text(maxTime))));
    }
    return Optional.empty();
  }
}
