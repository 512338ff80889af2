package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.guard.breaker.Breaker;
import dev.firebreak.guard.breaker.BreakerDesk;
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

/** The breakers that are open, and those that were. */
@Path("/breakers")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class BreakerPage {
  private final Pages pages;
  private final BreakerDesk desk;
  private final InstantSource clock;

  BreakerPage(Pages pages, BreakerDesk desk, InstantSource clock) {
    this.pages = pages;
    this.desk = desk;
    this.clock = clock;
  }

  record View(List<Card> cards, boolean none, List<Past> past, boolean anyPast) {}

  record Card(
      String id,
      Badge state,
      String what,
      String why,
      String owner,
      Link incident,
      Times.When opened,
      Times.@Nullable When retry,
      String trial,
      boolean canClose) {}

  record Past(String what, String why, Times.When opened, Times.When closed, String ended) {}

  /** How they stand. */
  @GET
  @Needs(Role.VIEWER)
  public Response show(@Context ContainerRequestContext request) {
    Principal who = Visit.of(request).who();
    return pages.show(
        request,
        tx ->
            new Sheet(
                "breakers",
                "Breakers",
                "/automation",
                "/events",
                view(who, desk.open(tx), desk.history(tx))));
  }

  private View view(Principal who, List<Breaker> open, List<Breaker> all) {
    Times times = new Times(clock.instant());
    boolean may = who.may(Role.RESPONDER);
    List<Past> past =
        all.stream()
            .filter(breaker -> breaker.end() != null)
            .map(breaker -> past(breaker, times))
            .toList();
    return new View(
        open.stream().map(breaker -> card(breaker, may, times)).toList(),
        open.isEmpty(),
        past,
        !past.isEmpty());
  }

  private Card card(Breaker breaker, boolean may, Times times) {
    Breaker.Trial trial = breaker.trial();
    Instant retry = breaker.retryAt();
    boolean rests = retry == null || clock.instant().isBefore(retry);
    return new Card(
        breaker.id(),
        rests ? new Badge("bad", "open") : new Badge("warn", "half open"),
        breaker.what(),
        breaker.why(),
        breaker.owner(),
        new Link("the incident", "/incidents/" + breaker.incidentId()),
        times.when(breaker.openedAt()),
        retry == null ? null : times.when(retry),
        trial == null ? "" : "tried on " + trial.target() + " by " + trial.run(),
        may);
  }

  private static Past past(Breaker breaker, Times times) {
    Breaker.End end = java.util.Objects.requireNonNull(breaker.end());
    return new Past(
        breaker.what(),
        breaker.why(),
        times.when(breaker.openedAt()),
        times.when(end.at()),
        TimelineReader.actor(end.by()) + ": " + end.reason());
  }

  /** Closes one. */
  @POST
  @Path("/close")
  @Needs(Role.RESPONDER)
  public Response close(
      @Context ContainerRequestContext request, MultivaluedMap<String, String> fields) {
    return pages.follow(request, fields, this::close, "/breakers?said=closed");
  }

  private Future<?> close(Form form, Principal who) {
    String id = form.required("id", "Choose a breaker.");
    String reason = form.required("reason", "Say why: it goes on the record.");
    return desk.close(id, who.actor(), reason)
        .thenApply(
            closed ->
                closed.orElseThrow(
                    () ->
                        new OrderRefused(
                            OrderRefused.Kind.GONE, "This breaker is closed already.")));
  }
}
