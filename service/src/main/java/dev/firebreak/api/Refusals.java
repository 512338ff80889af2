package dev.firebreak.api;

import java.util.List;
import java.util.Map;

/** The ways a request is refused before anything is done. */
final class Refusals {
  private Refusals() {}

  /** A field of the body is wrong. */
  static ProblemException field(String field, String fault) {
    return new ProblemException(
        Problem.of(400, "invalid-body", "The request's body is wrong", field + " " + fault)
            .with("errors", List.of(Map.of("field", field, "message", fault))));
  }

  /** The body as a whole is wrong. */
  static ProblemException body(String fault) {
    return new ProblemException(
        Problem.of(400, "invalid-body", "The request's body is wrong", fault));
  }

  /** A parameter of the query is wrong. */
  static ProblemException parameter(String name, String fault) {
    return new ProblemException(
        Problem.of(
            400,
            "invalid-parameter",
            "A parameter is wrong",
            "The parameter '%s' %s".formatted(name, fault)));
  }

  /** There is no such thing. */
  static ProblemException notFound(String what, String id) {
    String shown = id.length() > 100 ? id.substring(0, 100) + "…" : id;
    return new ProblemException(
        Problem.of(404, "not-found", "Not found", "There is no %s '%s'.".formatted(what, shown)));
  }

  static ProblemException forbidden(String detail) {
    return new ProblemException(Problem.of(403, "forbidden", "You may not do this", detail));
  }

  static ProblemException conflict(String detail) {
    return new ProblemException(Problem.of(409, "conflict", "Not possible now", detail));
  }

  static ProblemException unauthenticated() {
    return new ProblemException(
        Problem.of(
            401,
            "unauthenticated",
            "Who are you?",
            "Send 'Authorization: Bearer <token>' with a token in force. An admin issues one with"
                + " 'firebreak token create'."),
        Map.of("WWW-Authenticate", "Bearer realm=\"firebreak\""));
  }
}
