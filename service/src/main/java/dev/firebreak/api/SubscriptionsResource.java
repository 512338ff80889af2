package dev.firebreak.api;

import dev.firebreak.access.Roles;
import dev.firebreak.core.SecretUnavailable;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;

/**
 * Schedules for calendar programs, which cannot send a token: by an address that is a secret, of
 * one schedule and of the person who asked for it, and worth nothing once that person has no token.
 */
@Path("/api/v1/schedules/{name}/subscription")
public final class SubscriptionsResource {
  private final SchedulesResource schedules;
  private final ApiDesks.Subscriptions subscriptions;

  SubscriptionsResource(SchedulesResource schedules, ApiDesks desks) {
    this.schedules = schedules;
    this.subscriptions = desks.subscriptions();
  }

  /** An address of one's own. */
  @POST
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.VIEWER)
  public SubscriptionDoc subscribe(
      @PathParam("name") String name, @Context SecurityContext caller) {
    String unused = schedules.calendar(name);
    try {
      String secret = subscriptions.seal().close(List.of(name, Caller.of(caller).name()));
      return new SubscriptionDoc(subscriptions.baseUrl() + "/api/v1/calendars/" + secret);
    } catch (SecretUnavailable e) {
      throw unavailable(e);
    }
  }

  static ProblemException unavailable(SecretUnavailable e) {
    return new ProblemException(
        Problem.of(503, "no-secret", "Not possible now", e.getMessage() + "."),
        Map.of("Retry-After", "30"));
  }

  /** Where a calendar program subscribes. */
  @Wire
  record SubscriptionDoc(String url) {}
}
