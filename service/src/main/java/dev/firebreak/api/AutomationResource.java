package dev.firebreak.api;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.access.Roles;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.engine.Orders;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.HaltScope;
import dev.firebreak.runbook.Runbooks;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The halt switch. Whoever responds may make automation stricter at once; only an admin may make it
 * looser again, because whoever stopped it had a reason.
 */
@Path("/api/v1/automation")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class AutomationResource {
  private final Orders orders;
  private final Runbooks runbooks;
  private final InstantSource clock;

  AutomationResource(Orders orders, Runbooks runbooks, InstantSource clock) {
    this.orders = orders;
    this.runbooks = runbooks;
    this.clock = clock;
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  public AutomationDoc get() {
    return AutomationDoc.of(orders.automation(), orders.haltedParts());
  }

  @PUT
  @RolesAllowed(Roles.RESPONDER)
  public AutomationDoc set(InputStream body, @Context SecurityContext context) {
    Principal caller = Caller.of(context);
    Automation next = read(Body.read(body, AutomationOrder.class), caller);
    boolean whole = next.scope().equals(HaltScope.ALL);
    Automation current = whole ? orders.automation() : part(next);
    if (looser(current, next) && !mayLoosen(caller, current)) {
      throw Refusals.forbidden(
          "Automation is %s%s, by %s: %s. To make it looser, or to let it end sooner, needs an admin%s."
              .formatted(
                  current.mode().asText(),
                  whole ? "" : " for " + current.scope().inWords(),
                  current.by(),
                  current.reason(),
                  whole ? "" : ", or who set it"));
    }
    try {
      Automation set = Waiting.on(orders.automate(next));
      return AutomationDoc.of(set, whole ? orders.haltedParts() : null);
    } catch (StoreUnavailable e) {
      throw halted(next);
    }
  }

  /** What was halted in part is switched on again also by who halted it. */
  private static boolean mayLoosen(Principal caller, Automation current) {
    return caller.may(Role.ADMIN)
        || (!current.scope().equals(HaltScope.ALL) && current.by().equals(caller.actor().asText()));
  }

  private Automation part(Automation next) {
    return orders.haltedParts().stream()
        .filter(part -> part.scope().equals(next.scope()))
        .findFirst()
        .orElseGet(
            () ->
                new Automation(
                    Automation.Mode.ON, "", "", Instant.EPOCH, null, next.scope(), next.owner()));
  }

  private HaltScope scope(@Nullable String text) {
    HaltScope scope;
    try {
      scope = text == null ? HaltScope.ALL : HaltScope.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusals.field("scope", String.valueOf(e.getMessage()).replaceFirst("^scope: ", ""));
    }
    scope
        .fault(runbooks.current())
        .ifPresent(
            fault -> {
              throw Refusals.field("scope", fault);
            });
    return scope;
  }

  private Automation read(AutomationOrder order, Principal caller) {
    Automation.Mode mode =
        Slice.word(
            "mode",
            Body.required("mode", order.mode()),
            Automation.Mode.values(),
            Automation.Mode::asText);
    String reason = Body.required("reason", order.reason());
    Instant now = clock.instant();
    Instant until = order.until() == null ? null : Times.parse("until", order.until());
    if (until != null && !until.isAfter(now)) {
      throw Refusals.field("until", "must be in the future");
    }
    if (mode == null || (mode == Automation.Mode.ON && until != null)) {
      throw Refusals.field("until", "makes sense with mode ask or off only");
    }
    String owner = Body.optional("owner", order.owner());
    return new Automation(
        mode,
        reason,
        caller.actor().asText(),
        now,
        until,
        scope(order.scope()),
        owner.isEmpty() ? caller.actor().asText() : owner);
  }

  /** Whether some change could be made earlier under the next setting than under this one. */
  static boolean looser(Automation current, Automation next) {
    if (current.mode() == Automation.Mode.ON) {
      return false;
    }
    Instant until = next.until();
    boolean sooner = until != null && (current.until() == null || until.isBefore(current.until()));
    return sooner || next.mode().compareTo(current.mode()) < 0;
  }

  private static ProblemException halted(Automation next) {
    return new ProblemException(
        Problem.of(
            503,
            "not-recorded",
            "Set on this node, but not recorded",
            next.scope().equals(HaltScope.ALL)
                ? "The database does not answer. Automation is %s on this node; set it on each other node"
                        .formatted(next.mode().asText())
                    + " by its halt file or signal, and set it again when the database answers."
                : "The database does not answer. What was stricter holds on this node; set it again"
                    + " when the database answers, or halt everything on each other node by its"
                    + " halt file."),
        Map.of("Retry-After", "5"));
  }

  /**
   * What the switch shall be at.
   *
   * @param scope {@code all} unless said, or {@code team:shop} and the like
   * @param owner who answers for it; who sets it unless said
   * @param until when it is on again by itself, RFC 3339; null for never
   */
  record AutomationOrder(
      @Nullable String mode,
      @Nullable String scope,
      @Nullable String reason,
      @Nullable String owner,
      @Nullable String until) {}
}
