package dev.firebreak.action.http;

import static dev.firebreak.action.Schemas.anyText;
import static dev.firebreak.action.Schemas.duration;
import static dev.firebreak.action.Schemas.flag;
import static dev.firebreak.action.Schemas.integer;
import static dev.firebreak.action.Schemas.map;
import static dev.firebreak.action.Schemas.object;
import static dev.firebreak.action.Schemas.of;
import static dev.firebreak.action.Schemas.properties;
import static dev.firebreak.action.Schemas.text;
import static dev.firebreak.action.Schemas.word;

import dev.firebreak.action.Action;
import dev.firebreak.action.Answer;
import dev.firebreak.action.Equipment;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import dev.firebreak.action.OutgoingFault;
import dev.firebreak.expression.Escape;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.Request;

/** {@code http}: one request, one answer, and what was expected of it. */
final class HttpAction implements Action {
  static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final Equipment equipment;
  private final HttpSettings settings;

  HttpAction(Equipment equipment) {
    this.equipment = equipment;
    this.settings = equipment.settings("http", HttpSettings.class);
  }

  @Override
  public String type() {
    return "http";
  }

  @Override
  public Map<String, Object> schema() {
    return object(
        properties(
            "url",
            of(
                "string",
                "where to; values filled in are percent-encoded",
                "pattern",
                "^(https?://[^/?#\\s]|\\{\\{)",
                "x-context",
                Escape.URL.name()),
            "method",
            word("GET when absent", "GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"),
            "query",
            map(anyText(Escape.ARGUMENT, "a value, encoded for you"), "parameters of the URL"),
            "headers",
            map(text(Escape.HEADER, "a value"), "further headers; secrets go by credential"),
            "body",
            anyText(Escape.JSON, "the body as text; values filled in are escaped for JSON"),
            "json",
            of(
                List.of("object", "array"),
                "the body as a structure, sent as JSON",
                "x-context",
                Escape.ARGUMENT.name()),
            "credential",
            text(Escape.TEXT, "a name among the configured credentials"),
            "reads",
            flag("says that this request, whatever its method, changes nothing"),
            "redirects",
            integer(0, 5, "how many redirects to follow: GET and HEAD, same origin; 0 when absent"),
            "expect",
            expectSchema()),
        "url");
  }

  private static Map<String, Object> expectSchema() {
    return object(
        properties(
            "status",
            of(
                List.of("integer", "string", "array"),
                "200, 2xx, or a list of these; 2xx when absent",
                "minimum",
                100,
                "maximum",
                599,
                "pattern",
                "^[1-5](xx|[0-9]{2})$",
                "minItems",
                1,
                "items",
                of(
                    List.of("integer", "string"),
                    "one of them",
                    "minimum",
                    100,
                    "maximum",
                    599,
                    "pattern",
                    "^[1-5](xx|[0-9]{2})$")),
            "body_contains",
            text(Escape.ARGUMENT, "what the body must hold"),
            "max_time",
            duration("how long the answer may take")));
  }

  @Override
  public boolean changes(Map<String, Object> params) {
    boolean reads = Boolean.TRUE.equals(params.get("reads"));
    return !reads && !READING.contains(String.valueOf(params.getOrDefault("method", "GET")));
  }

  @Override
  public Outcome run(Invocation invocation) {
    HttpCall call = HttpCall.read(invocation, equipment);
    Expectation expect = Expectation.read(invocation.read());
    boolean changing = call.changes() || invocation.changing();
    try {
      Answer answer = send(call, changing, invocation);
      return new Verdict(equipment, expect, changing).of(answer);
    } catch (OutgoingFault fault) {
      return fault.asOutcome(changing);
    }
  }

  private Answer send(HttpCall call, boolean changing, Invocation invocation) throws OutgoingFault {
    long deadline = System.nanoTime() + invocation.timeout().toNanos();
    int redirects = changing ? 0 : call.redirects();
    Request request = call.request();
    Duration left = invocation.timeout();
    for (int hops = 0; ; hops++) {
      Answer answer =
          equipment
              .outgoing()
              .send(request, changing, left, settings.maxBytes(), invocation.cancellation());
      Request next = hops < redirects ? Redirect.next(answer, request) : null;
      if (next == null) {
        return answer;
      }
      request = next;
      left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }
  }
}
