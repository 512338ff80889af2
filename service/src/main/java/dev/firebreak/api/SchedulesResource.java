package dev.firebreak.api;

import dev.firebreak.access.Roles;
import dev.firebreak.escalation.ShiftDesk;
import dev.firebreak.oncall.Board;
import dev.firebreak.oncall.CalendarText;
import dev.firebreak.oncall.Span;
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
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Who is on call: to look up, and to swap. */
@Path("/api/v1/schedules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SchedulesResource {
  private static final Duration BACK = Duration.ofDays(7);
  private static final Duration AHEAD = Duration.ofDays(14);

  private static final Duration PAST = Duration.ofDays(60);
  private static final Duration FUTURE = Duration.ofDays(91);

  private static final int LARGEST = 1024 * 1024;

  private final ShiftDesk desk;
  private final InstantSource clock;

  SchedulesResource(ShiftDesk desk, InstantSource clock) {
    this.desk = desk;
    this.clock = clock;
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  public ScheduleDoc.All list() {
    Span span = span(null, null);
    return new ScheduleDoc.All(
        desk.schedules().stream()
            .flatMap(name -> desk.board(name, span).stream())
            .map(ScheduleDoc.Line::of)
            .toList());
  }

  @GET
  @Path("/{name}")
  @RolesAllowed(Roles.VIEWER)
  public ScheduleDoc get(
      @PathParam("name") String name,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    return ScheduleDoc.of(board(name, span(from, to)));
  }

  @GET
  @Path("/{name}.ics")
  @Produces("text/calendar;charset=UTF-8")
  @RolesAllowed(Roles.VIEWER)
  public String calendar(@PathParam("name") String name) {
    Instant now = clock.instant();
    return CalendarText.of(board(name, new Span(now.minus(PAST), now.plus(FUTURE))));
  }

  @POST
  @Path("/{name}/overrides")
  @RolesAllowed(Roles.RESPONDER)
  public Response cover(
      @PathParam("name") String name, InputStream body, @Context SecurityContext caller) {
    CoverOrder order = Body.read(body, CoverOrder.class);
    Span span = ordered(order.from(), order.to());
    board(name, span(null, null));
    try {
      return Response.status(201)
          .entity(
              ScheduleDoc.CoverDoc.of(
                  Waiting.on(
                      desk.cover(
                          name,
                          Body.required("person", order.person()),
                          span,
                          Body.optional("reason", order.reason()),
                          Caller.of(caller).actor()))))
          .build();
    } catch (ShiftDesk.Refused e) {
      throw Refusals.body(e.getMessage() + ".");
    }
  }

  @DELETE
  @Path("/{name}/overrides/{id}")
  @RolesAllowed(Roles.RESPONDER)
  public Response uncover(
      @PathParam("name") String name, @PathParam("id") String id, @Context SecurityContext caller) {
    try {
      var unused = Waiting.on(desk.uncover(name, id, Caller.of(caller).actor()));
      return Response.noContent().build();
    } catch (ShiftDesk.Refused e) {
      throw Refusals.notFound("override", id);
    }
  }

  /** Takes the shifts of a calendar, in place of those of the calendar before. */
  @POST
  @Path("/{name}/import")
  @Consumes("text/calendar")
  @RolesAllowed(Roles.RESPONDER)
  public ImportDoc bring(
      @PathParam("name") String name, InputStream body, @Context SecurityContext caller) {
    board(name, span(null, null));
    try {
      ShiftDesk.Imported done =
          Waiting.on(desk.bring(name, calendar(body), Caller.of(caller).actor()));
      return new ImportDoc(done.made(), done.removed());
    } catch (ShiftDesk.Refused e) {
      throw Refusals.body(e.getMessage() + ".");
    }
  }

  private static String calendar(InputStream body) {
    try {
      byte[] bytes = body.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw Refusals.body("A calendar may have 1 MiB: export less of it.");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Refusals.body("The calendar did not arrive whole.");
    }
  }

  /** What an import did: shifts it made, and shifts of the import before that it removed. */
  @Wire
  record ImportDoc(int made, int removed) {}

  private Board board(String name, Span span) {
    return desk.board(name, span).orElseThrow(() -> Refusals.notFound("schedule", name));
  }

  /** A week back and two ahead unless said. */
  private Span span(@Nullable String from, @Nullable String to) {
    Instant now = clock.instant();
    Instant first = from == null ? now.minus(BACK) : Times.parse("from", from);
    Instant last = to == null ? first.plus(BACK).plus(AHEAD) : Times.parse("to", to);
    if (!last.isAfter(first)
        || Duration.between(first, last).compareTo(ShiftDesk.LONGEST_VIEW) > 0) {
      throw Refusals.parameter("to", "must be after 'from', by at most 100 days");
    }
    return new Span(first, last);
  }

  /** From now on unless said. */
  Span ordered(@Nullable String from, @Nullable String to) {
    Instant first = from == null ? clock.instant() : Times.parse("from", from);
    Instant last = Times.parse("to", Body.required("to", to));
    if (!last.isAfter(first)) {
      throw Refusals.field("to", "must be after 'from'");
    }
    return new Span(first, last);
  }

  /** Who takes what. */
  record CoverOrder(
      @Nullable String person,
      @Nullable String from,
      @Nullable String to,
      @Nullable String reason) {}
}
