package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.calendar.Repeat;
import dev.firebreak.calendar.Span;
import dev.firebreak.core.Durations;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.guard.freeze.Freeze;
import dev.firebreak.guard.freeze.FreezeDesk;
import dev.firebreak.guard.freeze.FreezeSettings;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The freezes: those that hold, those to come, and those that people made before. */
@Path("/freezes")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class FreezePage {
  private final Pages pages;
  private final FreezeDesk desk;
  private final InstantSource clock;

  FreezePage(Pages pages, FreezeDesk desk, InstantSource clock) {
    this.pages = pages;
    this.desk = desk;
    this.clock = clock;
  }

  record View(
      List<Card> cards,
      boolean none,
      boolean canMake,
      String why,
      List<Past> past,
      boolean anyPast) {}

  record Card(
      String id,
      String name,
      Badge mode,
      String reason,
      String owner,
      String scope,
      String written,
      String by,
      Times.@Nullable When until,
      Times.@Nullable When next,
      Times.@Nullable When lifted,
      String liftedBy,
      boolean canEnd) {}

  record Past(String name, Badge mode, String reason, String by, Times.When at, String ended) {}

  /** How they stand. */
  @GET
  @Needs(Role.VIEWER)
  public Response show(@Context ContainerRequestContext request) {
    Principal who = Visit.of(request).who();
    return pages.show(
        request,
        tx ->
            new Sheet(
                "freezes",
                "Freezes",
                "/automation",
                "/events",
                view(who, desk.list(tx), desk.history(tx))));
  }

  private View view(Principal who, List<FreezeDesk.Standing> standing, List<Freeze> made) {
    Times times = new Times(clock.instant());
    boolean may = who.may(Role.RESPONDER);
    List<Past> past = made.stream().map(one -> past(one, times)).toList();
    return new View(
        standing.stream().map(one -> card(one, who, times)).toList(),
        standing.isEmpty(),
        may,
        may
            ? "To end a freeze that somebody else made needs the role admin."
            : "Making a freeze needs the role responder. You have: " + Fault.roles(who) + ".",
        past,
        !past.isEmpty());
  }

  private static Card card(FreezeDesk.Standing standing, Principal who, Times times) {
    Freeze freeze = standing.freeze();
    Span.Once held = standing.held();
    Span.Once next = standing.next();
    Freeze.Lift lift = standing.lift();
    return new Card(
        freeze.id(),
        freeze.name(),
        Badge.of(freeze.mode()),
        freeze.reason(),
        freeze.owner(),
        freeze.scope() == null ? "every change" : freeze.scope(),
        written(freeze.span()),
        freeze.configured() ? freeze.by() : TimelineReader.actor(freeze.by()),
        held == null || lift != null ? null : times.when(held.until()),
        next == null ? null : times.when(next.from()),
        lift == null ? null : times.when(lift.until()),
        lift == null ? "" : TimelineReader.actor(lift.by().by()) + ": " + lift.by().reason(),
        mayEnd(who, freeze) && lift == null && (held != null || !freeze.configured()));
  }

  private static boolean mayEnd(Principal who, Freeze freeze) {
    return who.may(Role.ADMIN)
        || (who.may(Role.RESPONDER) && freeze.by().equals(who.actor().asText()));
  }

  private static String written(Span span) {
    Repeat repeat = span.repeat();
    return "%s to %s, %s%s"
        .formatted(
            span.from(),
            span.until(),
            span.zone().getId(),
            repeat == null ? "" : ", again by " + repeat.text());
  }

  private static Past past(Freeze freeze, Times times) {
    Freeze.End end = freeze.end();
    return new Past(
        freeze.name(),
        Badge.of(freeze.mode()),
        freeze.reason(),
        TimelineReader.actor(freeze.by()),
        times.when(freeze.at()),
        end == null ? "" : TimelineReader.actor(end.by()) + " ended it: " + end.reason());
  }

  /** Makes one, from now on. */
  @POST
  @Needs(Role.RESPONDER)
  public Response make(
      @Context ContainerRequestContext request, MultivaluedMap<String, String> fields) {
    return pages.follow(request, fields, this::make, "/freezes?said=frozen");
  }

  private Future<?> make(Form form, Principal who) {
    Instant now = clock.instant();
    String scope = form.optional("scope");
    String reason = form.required("reason", "Say why: it is told to everybody it stops.");
    try {
      Instant until = now.plus(Durations.parse(form.required("for", "Say for how long: 2h, 3d.")));
      return desk.make(
          new FreezeDesk.Wish(
              form.required("name", "Give it a name."),
              reason,
              who.name(),
              Span.parse(now.toString(), until.toString(), null, null),
              FreezeSettings.mode(form.required("mode", "Choose deny, hold or ask.")),
              scope.isEmpty() ? null : scope),
          who.actor());
    } catch (IllegalArgumentException e) {
      throw new Fault.Refusal(Fault.bad(String.valueOf(e.getMessage())));
    }
  }

  /** Ends one, or lifts it. */
  @POST
  @Path("/end")
  @Needs(Role.RESPONDER)
  public Response end(
      @Context ContainerRequestContext request, MultivaluedMap<String, String> fields) {
    return pages.follow(request, fields, this::end, "/freezes?said=thawed");
  }

  private Future<?> end(Form form, Principal who) {
    String id = form.required("id", "Choose a freeze.");
    String reason = form.required("reason", "Say why: it goes on the record.");
    Freeze freeze =
        desk.list().stream()
            .map(FreezeDesk.Standing::freeze)
            .filter(it -> it.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new OrderRefused(OrderRefused.Kind.GONE, "This freeze is over."));
    if (!mayEnd(who, freeze)) {
      throw new OrderRefused(
          OrderRefused.Kind.FORBIDDEN,
          "To end a freeze that somebody else made needs the role admin. You have: "
              + Fault.roles(who)
              + ".");
    }
    return desk.end(id, who.actor(), reason)
        .thenApply(
            ended ->
                ended.orElseThrow(
                    () ->
                        new OrderRefused(
                            OrderRefused.Kind.CONFLICT, "It does not hold now, or is over.")));
  }
}
