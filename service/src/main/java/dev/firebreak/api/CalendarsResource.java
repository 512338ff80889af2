package dev.firebreak.api;

import dev.firebreak.access.Role;
import dev.firebreak.access.TokenDesk;
import dev.firebreak.core.SecretUnavailable;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.Optional;

/** Where calendar programs read the addresses that {@link SubscriptionsResource} gave. */
@Path("/api/v1/calendars")
public final class CalendarsResource {
  private static final int WORDS = 2;

  private final SchedulesResource schedules;
  private final ApiDesks.Subscriptions subscriptions;
  private final TokenDesk tokens;

  CalendarsResource(SchedulesResource schedules, ApiDesks desks) {
    this.schedules = schedules;
    this.subscriptions = desks.subscriptions();
    this.tokens = desks.tokens();
  }

  /** The calendar, to whoever has the address. */
  @GET
  @Path("/{secret}")
  @Produces("text/calendar;charset=UTF-8")
  @PermitAll
  public String calendar(@PathParam("secret") String secret) {
    return opened(secret)
        .filter(words -> words.size() == WORDS && tokens.may(words.get(1), Role.VIEWER))
        .map(words -> schedules.calendar(words.getFirst()))
        .orElseThrow(() -> Refusals.notFound("calendar", "of this address"));
  }

  private Optional<List<String>> opened(String secret) {
    try {
      return subscriptions.seal().open(secret);
    } catch (SecretUnavailable e) {
      throw SubscriptionsResource.unavailable(e);
    }
  }
}
