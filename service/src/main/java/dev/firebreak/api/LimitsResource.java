package dev.firebreak.api;

import dev.firebreak.access.Roles;
import dev.firebreak.core.Durations;
import dev.firebreak.guard.LimitDesk;
import dev.firebreak.guard.Locks;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is left of the limits, and who has or waits for which target. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class LimitsResource {
  private final LimitDesk desk;

  LimitsResource(LimitDesk desk) {
    this.desk = desk;
  }

  @GET
  @Path("/limits")
  @RolesAllowed(Roles.VIEWER)
  public LimitList limits() {
    return new LimitList(desk.limits().stream().map(LimitDoc::of).toList());
  }

  @GET
  @Path("/locks")
  @RolesAllowed(Roles.VIEWER)
  public LockList locks() {
    return new LockList(desk.locks().stream().map(LockDoc::of).toList());
  }

  /** All limits, the widest first. */
  @Wire
  record LimitList(List<LimitDoc> items) {}

  /** A limit as it stands. */
  @Wire
  record LimitDoc(
      String level,
      @Nullable String name,
      int max,
      String per,
      int used,
      int left,
      @Nullable String freeAt) {
    static LimitDoc of(LimitDesk.Standing standing) {
      String name = standing.what().name();
      return new LimitDoc(
          standing.what().level().asText(),
          name.isEmpty() ? null : name,
          standing.window().max(),
          Durations.text(standing.window().per()),
          standing.used(),
          standing.left(),
          Times.textOrNull(standing.free()));
    }
  }

  /** All targets that somebody has or waits for. */
  @Wire
  record LockList(List<LockDoc> items) {}

  /** A target; run and since are null while it is free. */
  @Wire
  record LockDoc(
      String target, @Nullable String run, @Nullable String since, List<PlaceDoc> waiting) {
    static LockDoc of(Locks.Line line) {
      return new LockDoc(
          line.target(),
          line.holder(),
          Times.textOrNull(line.since()),
          line.places().stream().map(PlaceDoc::of).toList());
    }
  }

  /** Who waits for a target. */
  @Wire
  record PlaceDoc(String run, String step, String lock, String lookedAt) {
    static PlaceDoc of(Locks.Place place) {
      return new PlaceDoc(
          place.runId(),
          place.stepId(),
          place.supersedes() ? "supersede" : "queue",
          Times.text(place.lookedAt()));
    }
  }
}
