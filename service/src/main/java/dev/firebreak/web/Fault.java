package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.escalation.ShiftDesk;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a page cannot be shown or an order not be followed, and what to do.
 *
 * @param status of HTTP
 * @param title in a few words
 * @param text what happened
 * @param advice what to do now
 */
record Fault(int status, String title, String text, String advice) {
  static final Fault FOREIGN =
      new Fault(
          403,
          "Sent from another site",
          "This form was not sent by a page of Firebreak, so nothing was done.",
          "Open the page itself and press the button there.");
  static final Fault STALE_FORM =
      new Fault(
          403,
          "This form is of another session",
          "You signed in again after this page was opened, so nothing was done.",
          "Go back, reload the page, and send it again.");

  static final Fault NO_PAGE =
      new Fault(404, "There is no such page", "Nothing lives at this address.", "");

  private static final int DEPTH = 8;

  static Fault bad(String text) {
    return new Fault(400, "Something is missing", text, "Go back and fill it in.");
  }

  static Fault role(Principal who, Role needed) {
    return new Fault(
        403,
        "You may not do this",
        "This needs the role %s. You are %s, with %s."
            .formatted(needed.asText(), who.name(), roles(who)),
        "Ask somebody who has it, or an admin for another token.");
  }

  static String roles(Principal who) {
    return who.roles().stream().sorted().map(Role::asText).collect(Collectors.joining(", "));
  }

  /** What a human is told of an exception; nothing of its inside. */
  static Fault of(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; i < DEPTH && cause != null; i++, cause = cause.getCause()) {
      Fault known = known(cause);
      if (known != null) {
        return known;
      }
    }
    return new Fault(
        500,
        "Firebreak made a mistake",
        "The page could not be made. The log has the reason.",
        "Automation goes on. If you need to stop it, use the halt file or signal.");
  }

  private static @Nullable Fault known(Throwable cause) {
    return switch (cause) {
      case Refusal refusal -> refusal.fault();
      case OrderRefused refused -> of(refused.kind(), String.valueOf(refused.getMessage()));
      case ShiftDesk.Refused refused -> bad(String.valueOf(refused.getMessage()) + ".");
      case StoreUnavailable down ->
          new Fault(
              503,
              "The database does not answer",
              "Nothing can be shown or recorded, and no new change begins.",
              "To stop automation without it, use the halt file or signal of each node.");
      case TimeoutException late ->
          new Fault(
              504,
              "Not confirmed yet",
              "The order was given but is not on record after ten seconds.",
              "Go back and reload to see whether it was followed before you give it again.");
      default -> null;
    };
  }

  private static Fault of(OrderRefused.Kind kind, String message) {
    return switch (kind) {
      case NOT_FOUND -> new Fault(404, "Not found", message, "");
      case FORBIDDEN -> new Fault(403, "You may not do this", message, "");
      case CONFLICT ->
          new Fault(409, "Not possible now", message, "Go back and reload to see how it stands.");
      case GONE ->
          new Fault(410, "Already over", message, "Go back and reload to see how it ended.");
      case INVALID ->
          new Fault(422, "Not filled in", message, "Go back, and put right what is named.");
    };
  }

  /** Carries a fault to the page's edge. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Fault fault;

    Refusal(Fault fault) {
      super(fault.text());
      this.fault = fault;
    }

    Fault fault() {
      return fault;
    }
  }
}
