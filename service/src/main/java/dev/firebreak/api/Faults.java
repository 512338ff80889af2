package dev.firebreak.api;

import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.engine.OrderRefused;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.EOFException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.glassfish.jersey.server.ParamException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns whatever a request ends with into a problem document. What nobody foresaw is logged under a
 * number, and the number is all that is told.
 */
final class Faults implements ExceptionMapper<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
  private static final String RETRY_SECONDS = "5";

  @Context private @Nullable UriInfo uri;
  @Context private @Nullable HttpHeaders headers;

  @Override
  public Response toResponse(Throwable thrown) {
    Throwable cause = cause(thrown);
    if (cause instanceof WebApplicationException known && passes(known.getResponse())) {
      return known.getResponse();
    }
    Response.ResponseBuilder response = Response.fromResponse(plain(cause));
    Problem problem = problem(cause);
    return wantsPage()
        ? response.type(MediaType.TEXT_HTML_TYPE).entity(page(problem)).build()
        : response.type(Problem.MEDIA_TYPE).entity(problem).build();
  }

  private static Throwable cause(Throwable thrown) {
    Throwable inner = thrown.getCause();
    return thrown instanceof CompletionException && inner != null ? cause(inner) : thrown;
  }

  private static boolean passes(Response response) {
    return response.hasEntity() || response.getStatus() < 400;
  }

  /** Status and the headers that belong to it: Allow, Retry-After. */
  private static Response plain(Throwable cause) {
    Response.ResponseBuilder builder = Response.status(problem(cause, false).status());
    if (cause instanceof WebApplicationException known) {
      MultivaluedMap<String, Object> sent = known.getResponse().getHeaders();
      if (sent.containsKey(HttpHeaders.ALLOW)) {
        builder.header(HttpHeaders.ALLOW, known.getResponse().getHeaderString(HttpHeaders.ALLOW));
      }
    }
    if (cause instanceof StoreUnavailable) {
      builder.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
    return builder.build();
  }

  private Problem problem(Throwable cause) {
    return problem(cause, true);
  }

  private static Problem problem(Throwable cause, boolean log) {
    return switch (cause) {
      case OrderRefused refused -> refused(refused);
      case StoreUnavailable down -> unavailable(down, log);
      case ParamException param ->
          Problem.of(
              400,
              "invalid-parameter",
              "A parameter is wrong",
              "The parameter '%s' cannot be read.".formatted(param.getParameterName()));
      case WebApplicationException known -> byStatus(known);
      case EOFException gone ->
          Problem.of(400, "incomplete", "The request ended before its time", "Send it again.");
      default -> mistake(cause, log);
    };
  }

  private static Problem refused(OrderRefused refused) {
    String detail = String.valueOf(refused.getMessage());
    return switch (refused.kind()) {
      case NOT_FOUND -> Problem.of(404, "not-found", "Not found", detail);
      case FORBIDDEN -> Problem.of(403, "forbidden", "You may not do this", detail);
      case CONFLICT -> Problem.of(409, "conflict", "Not possible now", detail);
      case GONE -> Problem.of(410, "gone", "Already over", detail);
      case INVALID ->
          Problem.of(422, "invalid-answers", "The form is not filled in", detail)
              .with(
                  "errors",
                  refused.faults().entrySet().stream()
                      .map(
                          it -> Map.of("field", "answers." + it.getKey(), "message", it.getValue()))
                      .toList());
    };
  }

  private static Problem unavailable(StoreUnavailable down, boolean log) {
    if (log) {
      LOG.warn("a request was refused: {}", down.getMessage());
    }
    return Problem.of(
        503,
        "store-unavailable",
        "The database does not answer",
        "Nothing was recorded, and no new change begins. Try again; to stop automation without the"
            + " database, use the halt file or signal of each node.");
  }

  private static Problem byStatus(WebApplicationException known) {
    int status = known.getResponse().getStatus();
    return switch (status) {
      case 404 -> Problem.of(404, "not-found", "Not found", "Nothing lives at this address.");
      case 405 ->
          Problem.of(
              405, "method-not-allowed", "Not this method", "See the header Allow for those.");
      case 406 ->
          Problem.of(406, "not-acceptable", "Not in this form", "This address answers with JSON.");
      case 413 -> Problem.of(413, "too-large", "The request's body is too large", "Send less.");
      case 415 ->
          Problem.of(
              415,
              "unsupported-media-type",
              "Not this media type",
              "Send JSON, with 'Content-Type: application/json'.");
      default -> Problem.of(status, "http-" + status, phrase(status), phrase(status) + ".");
    };
  }

  private static String phrase(int status) {
    Response.Status known = Response.Status.fromStatusCode(status);
    return known == null ? "Status " + status : known.getReasonPhrase();
  }

  private static Problem mistake(Throwable cause, boolean log) {
    String number =
        Long.toHexString(ThreadLocalRandom.current().nextLong()).toUpperCase(Locale.ROOT);
    if (log) {
      LOG.error("fault {}: a request ended with what nobody foresaw", number, cause);
    }
    return Problem.of(
        500,
        "internal",
        "Firebreak made a mistake",
        "The log has the reason under the number %s. Automation goes on.".formatted(number));
  }

  private boolean wantsPage() {
    if (uri == null || headers == null || uri.getPath().startsWith("api/")) {
      return false;
    }
    return headers.getAcceptableMediaTypes().getFirst().isCompatible(MediaType.TEXT_HTML_TYPE)
        && !headers.getAcceptableMediaTypes().getFirst().isWildcardType();
  }

  private static String page(Problem problem) {
    return """
    <!doctype html><html lang="en"><meta charset="utf-8">\
    <meta name="viewport" content="width=device-width"><title>%1$s</title>\
    <h1>%1$s</h1><p>%2$s</p><p><a href="/">To the console</a></p></html>
    """
        .formatted(escaped(problem.title()), escaped(problem.detail()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
