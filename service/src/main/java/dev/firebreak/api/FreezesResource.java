package dev.firebreak.api;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.access.Roles;
import dev.firebreak.calendar.Repeat;
import dev.firebreak.calendar.Span;
import dev.firebreak.guard.freeze.Freeze;
import dev.firebreak.guard.freeze.FreezeCalendar;
import dev.firebreak.guard.freeze.FreezeDesk;
import dev.firebreak.guard.freeze.FreezeSettings;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Freezes. Whoever responds may make one; to end one that somebody else made needs an admin,
 * because whoever made it had a reason.
 */
@Path("/api/v1/freezes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class FreezesResource {
  /** A calendar of a whole company's freezes fits. */
  private static final int LARGEST = 1024 * 1024;

  private final FreezeDesk desk;

  FreezesResource(FreezeDesk desk) {
    this.desk = desk;
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  public FreezeList list() {
    return new FreezeList(desk.list().stream().map(FreezeDoc::of).toList());
  }

  @POST
  @RolesAllowed(Roles.RESPONDER)
  public Response make(InputStream body, @Context SecurityContext context) {
    Principal caller = Caller.of(context);
    FreezeOrder order = Body.read(body, FreezeOrder.class);
    try {
      Freeze made = Waiting.on(desk.make(wish(order, caller), caller.actor()));
      return Response.status(201).entity(FreezeDoc.of(desk.standing(made))).build();
    } catch (IllegalArgumentException e) {
      throw fault(String.valueOf(e.getMessage()));
    }
  }

  @POST
  @Path("/import")
  @Consumes("text/calendar")
  @RolesAllowed(Roles.RESPONDER)
  public BroughtDoc bring(
      InputStream body,
      @QueryParam("owner") @Nullable String owner,
      @QueryParam("reason") @Nullable String reason,
      @QueryParam("mode") @Nullable String mode,
      @QueryParam("scope") @Nullable String scope,
      @QueryParam("zone") @Nullable String zone,
      @Context SecurityContext context) {
    Principal caller = Caller.of(context);
    String text = Body.text(body, LARGEST);
    try {
      FreezeCalendar.Terms terms =
          FreezeCalendar.Terms.of(owner == null ? caller.name() : owner, reason, mode, scope, zone);
      FreezeDesk.Brought brought = Waiting.on(desk.bring(text, terms, caller.actor()));
      return new BroughtDoc(
          brought.made().stream().map(freeze -> FreezeDoc.of(desk.standing(freeze))).toList(),
          brought.known(),
          brought.over());
    } catch (IllegalArgumentException e) {
      throw Refusals.body(String.valueOf(e.getMessage()));
    }
  }

  private static FreezeDesk.Wish wish(FreezeOrder order, Principal caller) {
    String owner = Body.optional("owner", order.owner());
    String repeat = Body.optional("repeat", order.repeat());
    String scope = Body.optional("scope", order.scope());
    return new FreezeDesk.Wish(
        Body.required("name", order.name()),
        Body.required("reason", order.reason()),
        owner.isEmpty() ? caller.name() : owner,
        Span.parse(
            Body.required("from", order.from()),
            Body.required("until", order.until()),
            order.zone(),
            repeat.isEmpty() ? null : repeat),
        FreezeSettings.mode(order.mode()),
        scope.isEmpty() ? null : scope);
  }

  /** The first word of the message is the field. */
  private static ProblemException fault(String message) {
    int colon = message.indexOf(": ");
    return colon < 0
        ? Refusals.body(message)
        : Refusals.field(message.substring(0, colon), message.substring(colon + 2));
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed(Roles.RESPONDER)
  public EndedDoc end(
      @PathParam("id") String id,
      @QueryParam("reason") @Nullable String reason,
      @Context SecurityContext context) {
    Principal caller = Caller.of(context);
    if (reason == null || reason.isBlank()) {
      throw Refusals.parameter("reason", "is required: it goes on the record");
    }
    Freeze freeze =
        desk.list().stream()
            .map(FreezeDesk.Standing::freeze)
            .filter(it -> it.id().equals(id))
            .findFirst()
            .orElseThrow(() -> Refusals.notFound("freeze in force or to come", id));
    if (!caller.may(Role.ADMIN) && !freeze.by().equals(caller.actor().asText())) {
      throw Refusals.forbidden(
          "The freeze '%s' is by %s: %s. To end it needs an admin, or who made it."
              .formatted(freeze.name(), freeze.by(), freeze.reason()));
    }
    return Waiting.on(desk.end(id, caller.actor(), Body.optional("reason", reason)))
        .map(ended -> new EndedDoc(id, Times.textOrNull(ended.until())))
        .orElseThrow(
            () ->
                Refusals.conflict(
                    "The freeze '%s' does not hold now, and stands in the configuration or a calendar: change it there."
                        .formatted(freeze.name())));
  }

  /**
   * A freeze that shall be.
   *
   * @param from a time with an offset, or on the clock of {@code zone}
   * @param repeat a rule of RFC 5545
   * @param scope a condition on the change
   */
  record FreezeOrder(
      @Nullable String name,
      @Nullable String reason,
      @Nullable String owner,
      @Nullable String from,
      @Nullable String until,
      @Nullable String zone,
      @Nullable String repeat,
      @Nullable String mode,
      @Nullable String scope) {}

  /** All freezes that hold or are to come. */
  @Wire
  record FreezeList(List<FreezeDoc> items) {}

  /** What came of a calendar: made, known already, and over. */
  @Wire
  record BroughtDoc(List<FreezeDoc> made, int known, int over) {}

  /** What was ended; {@code liftedUntil} is null when it was for good. */
  @Wire
  record EndedDoc(String id, @Nullable String liftedUntil) {}

  /** A freeze, when it holds, and when it comes again. */
  @Wire
  record FreezeDoc(
      String id,
      String name,
      String reason,
      String owner,
      String mode,
      @Nullable String scope,
      String from,
      String until,
      String zone,
      @Nullable String repeat,
      String by,
      boolean holds,
      @Nullable String holdsUntil,
      @Nullable String nextFrom,
      @Nullable String nextUntil,
      @Nullable String liftedUntil,
      @Nullable String liftedBy,
      @Nullable String liftedWhy) {
    static FreezeDoc of(FreezeDesk.Standing standing) {
      Freeze freeze = standing.freeze();
      Span span = freeze.span();
      Repeat repeat = span.repeat();
      Span.Once held = standing.held();
      Span.Once next = standing.next();
      Freeze.Lift lift = standing.lift();
      return new FreezeDoc(
          freeze.id(),
          freeze.name(),
          freeze.reason(),
          freeze.owner(),
          freeze.mode().asText(),
          freeze.scope(),
          span.from().toString(),
          span.until().toString(),
          span.zone().getId(),
          repeat == null ? null : repeat.text(),
          freeze.by(),
          held != null && lift == null,
          held == null ? null : Times.text(held.until()),
          next == null ? null : Times.text(next.from()),
          next == null ? null : Times.text(next.until()),
          lift == null ? null : Times.text(lift.until()),
          lift == null ? null : lift.by().by(),
          lift == null ? null : lift.by().reason());
    }
  }
}
