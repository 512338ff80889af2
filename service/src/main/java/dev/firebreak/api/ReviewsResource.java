package dev.firebreak.api;

import dev.firebreak.access.Roles;
import dev.firebreak.engine.GlassDesk;
import dev.firebreak.gate.Review;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gates that one person answered alone, and what others found. */
@Path("/api/v1/reviews")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RESPONDER)
public final class ReviewsResource {
  private final ApiRecords records;
  private final GlassDesk desk;

  ReviewsResource(ApiRecords records, ApiDesks desks) {
    this.records = records;
    this.desk = desks.glass();
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  public ReviewList list() {
    return new ReviewList(records.ledger().read(desk::newest).stream().map(ReviewDoc::of).toList());
  }

  @POST
  @Path("/{id}/close")
  public ReviewDoc close(
      @PathParam("id") String id, InputStream body, @Context SecurityContext caller) {
    CloseOrder order = Body.read(body, CloseOrder.class);
    String finding = Body.required("finding", order.finding());
    return ReviewDoc.of(Waiting.on(desk.close(id, Caller.of(caller).name(), finding)));
  }

  record CloseOrder(@Nullable String finding) {}

  /** The last ones, newest first. */
  @Wire
  record ReviewList(List<ReviewDoc> items) {}

  /** A review as it stood when it was read. */
  @Wire
  record ReviewDoc(
      String id,
      String gate,
      String incident,
      String run,
      String step,
      String person,
      String reason,
      String status,
      String brokenAt,
      @Nullable String closedBy,
      @Nullable String closedAt,
      @Nullable String finding) {
    static ReviewDoc of(Review review) {
      Review.End end = review.end();
      return new ReviewDoc(
          review.id(),
          review.gateId(),
          review.incidentId(),
          review.runId(),
          review.stepId(),
          review.person(),
          review.reason(),
          end == null ? "open" : "closed",
          Times.text(review.brokenAt()),
          end == null ? null : end.by(),
          end == null ? null : Times.text(end.at()),
          end == null ? null : end.finding());
    }
  }
}
