package dev.firebreak.api;

import dev.firebreak.intake.IntakeRefused;
import java.util.Map;

/** What intake refuses, as problem documents. Never 429 and never a redirect: senders drop it. */
final class IntakeProblems {
  private static final String RETRY_SECONDS = "5";

  private IntakeProblems() {}

  static ProblemException of(IntakeRefused refused) {
    String detail = String.valueOf(refused.getMessage());
    return switch (refused.kind()) {
      case UNKNOWN_SOURCE -> problem(404, "unknown-source", "No such source", detail);
      case UNKNOWN_DELIVERY -> problem(404, "not-found", "Not found", detail);
      case UNAUTHENTICATED ->
          new ProblemException(
              Problem.of(401, "unauthenticated", "The sender is not known", detail),
              Map.of("WWW-Authenticate", refused.challenge().orElse("None")));
      case MEDIA_TYPE -> problem(415, "unsupported-media-type", "Not this media type", detail);
      case TOO_LARGE -> problem(413, "too-large", "The delivery is too large", detail);
      case UNREADABLE -> problem(400, "unreadable-body", "The body cannot be read", detail);
      case UNAVAILABLE -> unavailable(detail);
    };
  }

  private static ProblemException problem(int status, String kind, String title, String detail) {
    return new ProblemException(Problem.of(status, kind, title, detail));
  }

  /** Nothing is known to be stored: the sender should send it again. */
  static ProblemException unavailable(String detail) {
    return new ProblemException(
        Problem.of(503, "not-stored", "Not taken in", detail),
        Map.of("Retry-After", RETRY_SECONDS));
  }
}
