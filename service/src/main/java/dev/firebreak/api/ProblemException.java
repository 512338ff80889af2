package dev.firebreak.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/**
 * Ends a request with a problem document. The response is complete: no mapper needs to touch it.
 */
public final class ProblemException extends WebApplicationException {
  private static final long serialVersionUID = 1L;

  public ProblemException(Problem problem) {
    this(problem, Map.of());
  }

  /**
   * A problem with headers of its own.
   *
   * @param headers for example {@code Retry-After} or {@code WWW-Authenticate}
   */
  public ProblemException(Problem problem, Map<String, String> headers) {
    super(problem.title() + ": " + problem.detail(), response(problem, headers));
  }

  private static Response response(Problem problem, Map<String, String> headers) {
    Response.ResponseBuilder builder =
        Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    headers.forEach(builder::header);
    return builder.build();
  }
}
