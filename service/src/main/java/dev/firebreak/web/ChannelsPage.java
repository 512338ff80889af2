package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.notify.Trials;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways to people, each with a button that tries it. */
@Path("/channels")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class ChannelsPage {
  private final Pages pages;
  private final Trials trials;

  ChannelsPage(Pages pages, Trials trials) {
    this.pages = pages;
    this.trials = trials;
  }

  record View(List<Row> rows, boolean empty, boolean canTest, String why) {}

  record Row(String name, String type, @Nullable Said said) {}

  record Said(Badge badge, String answer, String took) {}

  /** All of them. */
  @GET
  @Needs(Role.VIEWER)
  public Response list(@Context ContainerRequestContext request) {
    return show(request, null);
  }

  /** Sends a test, and shows the answer at the channel. */
  @POST
  @Path("/test")
  @Needs(Role.RESPONDER)
  public Response test(
      @Context ContainerRequestContext request, MultivaluedMap<String, String> fields) {
    return pages.attempt(request, () -> show(request, trial(Visit.of(request), fields)));
  }

  private Trials.Trial trial(Visit visit, MultivaluedMap<String, String> fields) {
    String name = Form.of(visit, fields).required("channel", "Choose a channel.");
    trials
        .unknown(name)
        .ifPresent(
            fault -> {
              throw new OrderRefused(OrderRefused.Kind.NOT_FOUND, fault);
            });
    try {
      return trials.of(name, visit.who().name());
    } catch (Trials.TooOften e) {
      throw new Fault.Refusal(
          new Fault(429, "Tested too often", String.valueOf(e.getMessage()), ""));
    }
  }

  private Response show(ContainerRequestContext request, Trials.@Nullable Trial trial) {
    Principal who = Visit.of(request).who();
    boolean may = who.may(Role.RESPONDER);
    List<Row> rows =
        trials.subjects().stream()
            .map(one -> new Row(one.name(), one.type(), said(one.name(), trial)))
            .toList();
    View view =
        new View(
            rows,
            rows.isEmpty(),
            may,
            may ? "" : "Testing needs the role responder. You have: " + Fault.roles(who) + ".");
    return pages.show(request, tx -> new Sheet("channels", "Channels", "/channels", null, view));
  }

  private static @Nullable Said said(String name, Trials.@Nullable Trial trial) {
    if (trial == null || !trial.channel().equals(name)) {
      return null;
    }
    Badge badge = trial.delivered() ? new Badge("good", "taken") : new Badge("bad", "refused");
    return new Said(badge, Excerpt.line(trial.answer(), 1_000), trial.took().toMillis() + " ms");
  }
}
