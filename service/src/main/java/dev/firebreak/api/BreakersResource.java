package dev.firebreak.api;

import dev.firebreak.access.Roles;
import dev.firebreak.guard.breaker.Breaker;
import dev.firebreak.guard.breaker.BreakerDesk;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The breakers that are open, and the word of a human that closes one. */
@Path("/api/v1/breakers")
@Produces(MediaType.APPLICATION_JSON)
public final class BreakersResource {
  private final BreakerDesk desk;

  BreakersResource(BreakerDesk desk) {
    this.desk = desk;
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  public BreakerList list() {
    return new BreakerList(desk.open().stream().map(BreakerDoc::of).toList());
  }

  @DELETE
  @Path("/{id}")
  @RolesAllowed(Roles.RESPONDER)
  public BreakerDoc close(
      @PathParam("id") String id,
      @QueryParam("reason") @Nullable String reason,
      @Context SecurityContext context) {
    if (reason == null || reason.isBlank()) {
      throw Refusals.parameter("reason", "is required: it goes on the record");
    }
    return Waiting.on(desk.close(id, Caller.of(context).actor(), Body.optional("reason", reason)))
        .map(BreakerDoc::of)
        .orElseThrow(() -> Refusals.notFound("open breaker", id));
  }

  /** All that are open. */
  @Wire
  record BreakerList(List<BreakerDoc> items) {}

  /** A breaker as it stood when it was read. */
  @Wire
  record BreakerDoc(
      String id,
      String kind,
      @Nullable String runbook,
      @Nullable String subject,
      String owner,
      String why,
      String incident,
      String openedAt,
      @Nullable String retryAt,
      @Nullable String trialRun,
      @Nullable String trialTarget) {
    static BreakerDoc of(Breaker breaker) {
      Breaker.Trial trial = breaker.trial();
      return new BreakerDoc(
          breaker.id(),
          breaker.kind().asText(),
          breaker.runbook().isEmpty() ? null : breaker.runbook(),
          breaker.subject().isEmpty() ? null : breaker.subject(),
          breaker.owner(),
          breaker.why(),
          breaker.incidentId(),
          Times.text(breaker.openedAt()),
          Times.textOrNull(breaker.retryAt()),
          trial == null ? null : trial.run(),
          trial == null ? null : trial.target());
    }
  }
}
