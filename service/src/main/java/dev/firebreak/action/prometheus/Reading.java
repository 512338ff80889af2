package dev.firebreak.action.prometheus;

import dev.firebreak.action.Answer;
import dev.firebreak.action.Equipment;
import dev.firebreak.action.Evidence;
import dev.firebreak.action.Excerpt;
import dev.firebreak.action.JsonValues;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a Prometheus server's answer says. */
record Reading(Equipment equipment, Answer answer, boolean emptyIsFine) {
  private static final int MAX_SERIES = 200;
  private static final int MAX_POINTS = 5_000;

  Outcome outcome() {
    String server = answer.url().host() + ":" + answer.url().port();
    Map<?, ?> body = map(JsonValues.read(equipment.json(), answer.body()).orElse(null));
    if (!"success".equals(body.get("status"))) {
      return refused(server, body);
    }
    try {
      return found(server, body);
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      return new Outcome.Failed(
          new Reason("bad-answer", server + " answered with something else than numbers"), false);
    }
  }

  private Outcome found(String server, Map<?, ?> body) {
    Map<?, ?> found = map(body.get("data"));
    Map<String, Object> output =
        output(String.valueOf(found.get("resultType")), found.get("result"));
    List<Evidence> evidence =
        List.of(new Evidence("prometheus.json", "application/json", answer.body(), false));
    if (Long.valueOf(0).equals(output.get("count")) && !emptyIsFine) {
      return new Outcome.Failed(
          new Reason(
              "no-data", server + " has no data for this query; if that is fine, say 'empty: ok'"),
          true,
          output,
          evidence);
    }
    return new Outcome.Succeeded(output, evidence);
  }

  private Outcome refused(String server, Map<?, ?> body) {
    if (answer.truncated()) {
      return new Outcome.Failed(
          new Reason("too-much", server + " answered with more than 8 MiB: narrow the query"),
          false);
    }
    boolean later = answer.status() >= 500 || answer.status() == 429;
    if (body.get("error") != null) {
      String error = equipment.secrets().masker().mask(String.valueOf(body.get("error")));
      return new Outcome.Failed(
          new Reason("query-failed", server + " refuses the query: " + Excerpt.of(error, 500)),
          later);
    }
    return new Outcome.Failed(
        new Reason(
            "status-" + answer.status(),
            server + " answered " + answer.status() + ", and not as a Prometheus server does"),
        later);
  }

  private static Map<String, Object> output(String type, @Nullable Object result) {
    List<Map<String, Object>> values = new ArrayList<>();
    List<Map<String, Object>> series = new ArrayList<>();
    int points = 0;
    boolean cut = false;
    List<?> samples =
        type.equals("scalar") || type.equals("string") ? List.of(single(result)) : list(result);
    for (Object item : samples) {
      Map<?, ?> sample = map(item);
      List<Object> line = new ArrayList<>();
      for (Object point : list(sample.get("values"))) {
        line.add(List.of(list(point).get(0), number(list(point).get(1))));
      }
      points += line.size();
      if (values.size() == MAX_SERIES || points > MAX_POINTS) {
        cut = true;
        break;
      }
      List<?> last = list(line.isEmpty() ? sample.get("value") : line.getLast());
      values.add(Map.of("labels", map(sample.get("metric")), "value", number(last.get(1))));
      if (!line.isEmpty()) {
        series.add(Map.of("labels", map(sample.get("metric")), "points", line));
      }
    }
    Map<String, Object> output = new LinkedHashMap<>();
    if (!values.isEmpty()) {
      output.put("value", values.getFirst().get("value"));
    }
    output.put("values", values);
    output.put("count", (long) samples.size());
    if (type.equals("matrix")) {
      output.put("series", series);
    }
    output.put("truncated", cut);
    return output;
  }

  private static Map<String, Object> single(@Nullable Object result) {
    return Map.of("metric", Map.of(), "value", list(result));
  }

  /** Samples come as texts; those that are no number in JSON (NaN, +Inf) stay texts. */
  private static Object number(@Nullable Object given) {
    Object sample = Objects.requireNonNull(given);
    try {
      double number = Double.parseDouble(String.valueOf(sample));
      return Double.isFinite(number) ? number : String.valueOf(sample);
    } catch (NumberFormatException e) {
      return String.valueOf(sample);
    }
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
