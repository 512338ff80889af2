package dev.firebreak.api;

import dev.firebreak.access.Roles;
import dev.firebreak.notify.Trials;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;

/** The ways to people, and whether they work. */
@Path("/api/v1/channels")
@Produces(MediaType.APPLICATION_JSON)
public final class ChannelsResource {
  private final Trials trials;

  ChannelsResource(Trials trials) {
    this.trials = trials;
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  public ChannelList list() {
    return new ChannelList(
        trials.subjects().stream().map(one -> new ChannelDoc(one.name(), one.type())).toList());
  }

  /** Sends a test message; answers when the channel has. */
  @POST
  @Path("/{name}/test")
  @RolesAllowed(Roles.RESPONDER)
  public TrialDoc test(@PathParam("name") String name, @Context SecurityContext context) {
    if (trials.unknown(name).isPresent()) {
      throw Refusals.notFound("channel", name);
    }
    try {
      return answer(trials.of(name, Caller.of(context).name()));
    } catch (Trials.TooOften e) {
      throw new ProblemException(
          Problem.of(429, "too-often", "Tested too often", String.valueOf(e.getMessage())),
          Map.of("Retry-After", Long.toString(e.pause().toSeconds())));
    }
  }

  private static TrialDoc answer(Trials.Trial trial) {
    if (!trial.delivered()) {
      throw new ProblemException(
          Problem.of(
              502,
              "channel-refused",
              "The channel did not take the message",
              trial.answer()
                  + (trial.permanent()
                      ? "; it would be refused again"
                      : "; a notice would be tried again")));
    }
    return new TrialDoc(trial.channel(), trial.answer(), trial.took().toMillis());
  }

  /** All channels. */
  @Wire
  record ChannelList(List<ChannelDoc> items) {}

  /** A channel. */
  @Wire
  record ChannelDoc(String name, String type) {}

  /**
   * A test that arrived.
   *
   * @param answer what the channel said
   */
  @Wire
  record TrialDoc(String channel, String answer, long tookMs) {}
}
