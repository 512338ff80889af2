package dev.firebreak.api;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.access.Roles;
import dev.firebreak.escalation.ShiftDesk;
import dev.firebreak.oncall.Absence;
import dev.firebreak.oncall.Span;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is away, and who stands in. Somebody who stands in also answers at gates, so only an admin
 * may say it of somebody else.
 */
@Path("/api/v1/absences")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class AbsencesResource {
  private final ShiftDesk desk;
  private final SchedulesResource schedules;

  AbsencesResource(ShiftDesk desk, SchedulesResource schedules) {
    this.desk = desk;
    this.schedules = schedules;
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  public AbsenceList list() {
    return new AbsenceList(desk.absences().stream().map(AbsenceDoc::of).toList());
  }

  @POST
  @RolesAllowed(Roles.RESPONDER)
  public Response add(InputStream body, @Context SecurityContext context) {
    AbsenceOrder order = Body.read(body, AbsenceOrder.class);
    Principal caller = Caller.of(context);
    String person =
        order.person() == null ? caller.name() : Body.required("person", order.person());
    if (!person.equals(caller.name()) && !caller.may(Role.ADMIN)) {
      throw Refusals.forbidden("To name a substitute for somebody else needs the role admin.");
    }
    Span span = schedules.ordered(order.from(), order.to());
    String substitute = Body.required("substitute", order.substitute());
    String reason = Body.optional("reason", order.reason());
    try {
      Absence made = Waiting.on(desk.away(person, substitute, span, reason, caller.actor()));
      return Response.status(201).entity(AbsenceDoc.of(made)).build();
    } catch (ShiftDesk.Refused e) {
      throw Refusals.body(e.getMessage() + ".");
    }
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed(Roles.RESPONDER)
  public Response remove(@PathParam("id") String id, @Context SecurityContext context) {
    Principal caller = Caller.of(context);
    try {
      var unused = Waiting.on(desk.back(id, caller.may(Role.ADMIN), caller.actor()));
      return Response.noContent().build();
    } catch (ShiftDesk.Refused e) {
      throw Refusals.notFound("absence of yours", id);
    }
  }

  /**
   * Who is away.
   *
   * @param person whoever asks, when not given
   */
  record AbsenceOrder(
      @Nullable String person,
      @Nullable String substitute,
      @Nullable String from,
      @Nullable String to,
      @Nullable String reason) {}

  /** All that are not over. */
  @Wire
  record AbsenceList(List<AbsenceDoc> items) {}

  /** An absence. */
  @Wire
  record AbsenceDoc(
      String id,
      String person,
      String substitute,
      String from,
      String to,
      String reason,
      String by,
      String at) {
    static AbsenceDoc of(Absence absence) {
      return new AbsenceDoc(
          absence.id(),
          absence.person(),
          absence.substitute(),
          Times.text(absence.span().from()),
          Times.text(absence.span().to()),
          absence.reason(),
          absence.by(),
          Times.text(absence.at()));
    }
  }
}
