package dev.firebreak.action.prometheus;

import static dev.firebreak.action.Schemas.duration;
import static dev.firebreak.action.Schemas.object;
import static dev.firebreak.action.Schemas.of;
import static dev.firebreak.action.Schemas.properties;
import static dev.firebreak.action.Schemas.text;
import static dev.firebreak.action.Schemas.word;

import dev.firebreak.action.Action;
import dev.firebreak.action.Answer;
import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Equipment;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import dev.firebreak.action.OutgoingFault;
import dev.firebreak.action.Params;
import dev.firebreak.expression.Escape;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** {@code prometheus}: a query, now or over a range. */
final class PrometheusAction implements Action {
  private static final int MAX_BYTES = 8 << 20;
  private static final int POINTS = 120;

  /** A value may stand in a text in double quotes only: there, and nowhere else, it is escaped. */
  private static final String QUERY =
      "^[^'\"`{]*(?:(?:\\{(?!\\{)|\"[^\"\\\\]*(?:\\\\.[^\"\\\\]*)*\""
          + "|'[^'\\\\{]*(?:(?:\\\\[^{]|\\{(?!\\{))[^'\\\\{]*)*'"
          + "|`[^`{]*(?:\\{(?!\\{)[^`{]*)*`)[^'\"`{]*)*$";

  private final Equipment equipment;
  private final Map<String, PrometheusSettings.Server> servers;

  PrometheusAction(Equipment equipment) {
    this.equipment = equipment;
    this.servers = equipment.settings("prometheus", PrometheusSettings.class).all();
  }

  @Override
  public String type() {
    return "prometheus";
  }

  @Override
  public Map<String, Object> schema() {
    return object(
        properties(
            "query",
            of(
                "string",
                "PromQL; values are filled in inside double quotes only, as in"
                    + " up{job=\"{{vars.job}}\"}",
                "pattern",
                QUERY,
                "minLength",
                1,
                "maxLength",
                2000,
                "x-context",
                Escape.JSON.name()),
            "range",
            duration("look back so long; a single value, now, when absent"),
            "step",
            duration("distance of the points of a range; a 120th of it when absent"),
            "server",
            text(Escape.TEXT, "one of actions.prometheus.servers; its url when absent"),
            "credential",
            text(Escape.TEXT, "a name among the configured credentials; the server's when absent"),
            "empty",
            word("ok: an empty result is no failure", "ok", "fail")),
        "query");
  }

  @Override
  public boolean changes(Map<String, Object> params) {
    return false;
  }

  @Override
  public Outcome run(Invocation invocation) {
    Params params = invocation.read();
    PrometheusSettings.Server server = server(params.text("server", ""));
    HttpUrl url = url(server, params);
    Request.Builder request = new Request.Builder().url(url).header("Accept", "application/json");
    String credential =
        params.text("credential", server.credential() == null ? "" : server.credential());
    if (!credential.isEmpty()) {
      equipment.credentials().apply(credential, url, request);
    }
    try {
      Answer answer =
          equipment
              .outgoing()
              .send(
                  request.build(),
                  false,
                  invocation.timeout(),
                  MAX_BYTES,
                  invocation.cancellation());
      return new Reading(equipment, answer, params.text("empty", "fail").equals("ok")).outcome();
    } catch (OutgoingFault fault) {
      return fault.asOutcome(false);
    }
  }

  private PrometheusSettings.Server server(String name) {
    PrometheusSettings.Server server = servers.get(name);
    if (server == null) {
      throw new BadParameter(
          "server",
          name.isEmpty()
              ? "is not given, and config.yml has no actions.prometheus.url"
              : "'" + name + "' is not among actions.prometheus.servers in config.yml");
    }
    return server;
  }

  private HttpUrl url(PrometheusSettings.Server server, Params params) {
    HttpUrl.Builder url =
        HttpUrl.get(server.url())
            .newBuilder()
            .addPathSegments("api/v1/" + (params.has("range") ? "query_range" : "query"))
            .addQueryParameter("query", params.text("query"));
    if (params.has("range")) {
      Duration range = positive(params, "range", Duration.ZERO);
      Duration each = Duration.ofMillis(Math.max(1000, range.toMillis() / POINTS));
      Instant now = equipment.clock().instant();
      url.addQueryParameter("start", seconds(now.minus(range)))
          .addQueryParameter("end", seconds(now))
          .addQueryParameter("step", positive(params, "step", each).toMillis() / 1000.0 + "");
    }
    return url.build();
  }

  private static Duration positive(Params params, String name, Duration fallback) {
    Duration duration = params.duration(name, fallback);
    if (duration.isZero()) {
      throw new BadParameter(name, "must be longer than 0s");
    }
    return duration;
  }

  private static String seconds(Instant instant) {
    return BigDecimal.valueOf(instant.toEpochMilli(), 3).toPlainString();
  }
}
