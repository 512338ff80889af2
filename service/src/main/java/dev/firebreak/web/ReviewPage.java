package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.GlassDesk;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.gate.Review;
import dev.firebreak.gate.Way;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;

/** Gates that somebody answered alone, and what others found when they looked. */
@Path("/reviews")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class ReviewPage {
  private final Pages pages;
  private final GlassDesk desk;
  private final Door door;
  private final InstantSource clock;

  ReviewPage(Pages pages, GlassDesk desk, Door door, InstantSource clock) {
    this.pages = pages;
    this.desk = desk;
    this.door = door;
    this.clock = clock;
  }

  record View(List<Card> open, boolean none, List<Card> over, boolean anyOver) {}

  record Card(
      String id,
      String person,
      String reason,
      String step,
      Link run,
      Link incident,
      Link gate,
      Times.When broken,
      boolean canClose,
      String ended) {}

  /** The open ones, then those that were closed. */
  @GET
  @Needs(Role.VIEWER)
  public Response show(@Context ContainerRequestContext request) {
    Principal who = Visit.of(request).who();
    return pages.show(
        request, tx -> new Sheet("reviews", "Reviews", "/gates", "/events", view(tx, who)));
  }

  private View view(Tx tx, Principal who) {
    Times times = new Times(clock.instant());
    List<Card> open = desk.open(tx).stream().map(review -> card(review, who, times)).toList();
    List<Card> over =
        desk.newest(tx).stream()
            .filter(review -> review.end() != null)
            .map(review -> card(review, who, times))
            .toList();
    return new View(open, open.isEmpty(), over, !over.isEmpty());
  }

  private static Card card(Review review, Principal who, Times times) {
    Review.End end = review.end();
    return new Card(
        review.id(),
        review.person(),
        review.reason(),
        review.stepId(),
        new Link(review.runId(), "/runs/" + review.runId()),
        new Link("the incident", "/incidents/" + review.incidentId()),
        new Link("the gate", "/gates/" + review.gateId()),
        times.when(review.brokenAt()),
        who.may(Role.RESPONDER) && !who.name().equals(review.person()),
        end == null ? "" : end.by() + ": " + end.finding());
  }

  /** Answers a gate alone. */
  @POST
  @Path("/break")
  @Needs(Role.APPROVER)
  public Response breakGlass(
      @Context ContainerRequestContext request, MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) ->
            desk.breakGlass(
                new GateDesk.Word(
                    form.required("gate", "Choose a gate."),
                    form.required("plan", "The plan that was shown is missing."),
                    who.name(),
                    door.teamsOf(who),
                    true,
                    form.required("reason", "Say why: everybody reads it."),
                    form.answers(),
                    Way.CONSOLE)),
        "/reviews?said=approved");
  }

  /** Closes a review. */
  @POST
  @Path("/close")
  @Needs(Role.RESPONDER)
  public Response close(
      @Context ContainerRequestContext request, MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) ->
            desk.close(
                form.required("id", "Choose a review."),
                who.name(),
                form.required("finding", "Say what you found: it goes on the record.")),
        "/reviews?said=reviewed");
  }
}
