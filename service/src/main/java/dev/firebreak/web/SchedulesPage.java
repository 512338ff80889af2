package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.escalation.ShiftDesk;
import dev.firebreak.oncall.Absence;
import dev.firebreak.oncall.Board;
import dev.firebreak.oncall.Cover;
import dev.firebreak.oncall.Shift;
import dev.firebreak.oncall.Span;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;

/** Who is on call in the next two weeks, and who takes a stretch of it. */
@Path("/schedules")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class SchedulesPage {
  private static final Duration BACK = Duration.ofDays(7);
  private static final Duration AHEAD = Duration.ofDays(14);
  private static final DateTimeFormatter WALL =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH);

  private final Pages pages;
  private final ShiftDesk desk;
  private final InstantSource clock;

  SchedulesPage(Pages pages, ShiftDesk desk, InstantSource clock) {
    this.pages = pages;
    this.desk = desk;
    this.clock = clock;
  }

  record View(
      List<Card> schedules,
      boolean empty,
      List<String> people,
      List<Away> absences,
      boolean anyAbsence,
      boolean may,
      String why) {}

  record Card(
      String name,
      String timezone,
      String now,
      boolean nobody,
      List<Row> shifts,
      List<Row> gaps,
      boolean anyGap,
      List<Taken> covers,
      boolean anyCover) {}

  /** A stretch by the schedule's own clock. */
  record Row(String person, String planned, String from, String to, boolean current) {}

  record Taken(String id, String schedule, String person, String from, String to, String reason) {}

  record Away(String person, String substitute, String from, String to) {}

  /** All schedules. */
  @GET
  @Needs(Role.VIEWER)
  public Response list(@Context ContainerRequestContext request) {
    Principal who = Visit.of(request).who();
    return pages.attempt(
        request,
        () -> {
          View view = view(who);
          return pages.show(
              request, tx -> new Sheet("schedules", "On call", "/schedules", null, view));
        });
  }

  private View view(Principal who) {
    Instant now = clock.instant();
    Span span = new Span(now.minus(BACK), now.plus(AHEAD));
    boolean may = who.may(Role.RESPONDER);
    List<Card> cards =
        desk.schedules().stream()
            .flatMap(name -> desk.board(name, span).stream())
            .map(SchedulesPage::card)
            .toList();
    List<Away> absences = desk.absences().stream().map(SchedulesPage::away).toList();
    return new View(
        cards,
        cards.isEmpty(),
        desk.people(),
        absences,
        !absences.isEmpty(),
        may,
        may ? "" : "Taking a shift needs the role responder. You have: " + Fault.roles(who) + ".");
  }

  private static Card card(Board board) {
    Instant now = board.now();
    List<Row> gaps =
        board.gaps().stream()
            .filter(gap -> gap.to().isAfter(now))
            .map(gap -> row("nobody", "", gap, board))
            .toList();
    List<Taken> covers =
        board.covers().stream()
            .filter(cover -> cover.span().to().isAfter(now))
            .map(cover -> taken(cover, board.timezone()))
            .toList();
    return new Card(
        board.name(),
        board.timezone().getId(),
        board.current().map(Shift::person).orElse("Nobody"),
        board.current().isEmpty(),
        board.shifts().stream()
            .filter(shift -> shift.span().to().isAfter(now))
            .map(shift -> row(shift, board))
            .toList(),
        gaps,
        !gaps.isEmpty(),
        covers,
        !covers.isEmpty());
  }

  private static Row row(Shift shift, Board board) {
    String planned = shift.planned();
    return row(shift.person(), planned == null ? "" : planned, shift.span(), board);
  }

  private static Row row(String person, String planned, Span span, Board board) {
    return new Row(
        person,
        planned,
        wall(span.from(), board.timezone()),
        wall(span.to(), board.timezone()),
        span.holds(board.now()));
  }

  private static Taken taken(Cover cover, ZoneId zone) {
    return new Taken(
        cover.id(),
        cover.schedule(),
        cover.person(),
        wall(cover.span().from(), zone),
        wall(cover.span().to(), zone),
        Excerpt.line(cover.reason(), 200));
  }

  private static Away away(Absence absence) {
    Times times = new Times(absence.at());
    return new Away(
        absence.person(),
        absence.substitute(),
        times.when(absence.span().from()).full(),
        times.when(absence.span().to()).full());
  }

  private static String wall(Instant moment, ZoneId zone) {
    return WALL.format(moment.atZone(zone));
  }

  /** Somebody takes the next hours. */
  @POST
  @Path("/{name}/overrides")
  @Needs(Role.RESPONDER)
  public Response take(
      @Context ContainerRequestContext request,
      @PathParam("name") String name,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request, fields, (form, who) -> take(name, form, who), "/schedules?said=taken");
  }

  private Future<?> take(String name, Form form, Principal who) {
    Instant now = clock.instant();
    try {
      Duration lasts =
          dev.firebreak.core.Durations.parse(form.required("for", "Choose for how long."));
      return desk.cover(
          name,
          form.required("person", "Choose who takes it."),
          new Span(now, now.plus(lasts)),
          form.optional("reason"),
          who.actor());
    } catch (IllegalArgumentException e) {
      throw new Fault.Refusal(Fault.bad("'for' " + e.getMessage() + "."));
    }
  }

  /** Takes an override back. */
  @POST
  @Path("/{name}/overrides/{id}/remove")
  @Needs(Role.RESPONDER)
  public Response giveBack(
      @Context ContainerRequestContext request,
      @PathParam("name") String name,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) -> desk.uncover(name, id, who.actor()),
        "/schedules?said=givenback");
  }
}
