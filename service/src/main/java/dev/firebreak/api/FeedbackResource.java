package dev.firebreak.api;

import dev.firebreak.channel.Channels;
import dev.firebreak.channel.Feedback;
import dev.firebreak.channel.Following;
import dev.firebreak.channel.ForgedFeedback;
import dev.firebreak.channel.Matter;
import dev.firebreak.core.Actor;
import dev.firebreak.core.SecretUnavailable;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.engine.Orders;
import dev.firebreak.notify.Tidings;
import dev.firebreak.run.Incident;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where paging services tell what people did there. The channel's signature says who sends, so that
 * no token is asked for. What was done twice, or to an incident that is gone, is fine: the sender
 * would only send it again.
 */
@Path("/api/v1/channels/{name}/events")
@Produces(MediaType.APPLICATION_JSON)
public final class FeedbackResource {
  private static final Logger LOG = LoggerFactory.getLogger(FeedbackResource.class);

  private final Channels channels;
  private final Orders orders;

  FeedbackResource(Channels channels, Orders orders) {
    this.channels = channels;
    this.orders = orders;
  }

  /** Acknowledges or resolves the incident it speaks of. */
  @POST
  @PermitAll
  @Consumes(MediaType.APPLICATION_JSON)
  public FeedbackDoc hear(
      @PathParam("name") String name,
      @HeaderParam("X-PagerDuty-Signature") @Nullable String signature,
      InputStream body) {
    Following channel =
        channels
            .following(name)
            .orElseThrow(() -> Refusals.notFound("channel that reports back", name));
    return heard(channel, signature == null ? "" : signature, Body.bytes(body))
        .map(feedback -> follow(name, feedback))
        .orElseGet(() -> new FeedbackDoc("ignored", "It is about nothing of Firebreak's."));
  }

  private static Optional<Feedback> heard(Following channel, String signature, byte[] body) {
    try {
      return channel.heard(signature, body);
    } catch (ForgedFeedback e) {
      LOG.warn("channel '{}' refused a report: {}", channel.name(), e.getMessage());
      throw Refusals.forbidden(String.valueOf(e.getMessage()));
    } catch (SecretUnavailable e) {
      LOG.error("channel '{}' cannot check reports: {}", channel.name(), e.getMessage());
      throw new ProblemException(
          Problem.of(503, "no-secret", "Cannot be checked now", "The log says what is missing."),
          Map.of("Retry-After", "30"));
    } catch (IllegalArgumentException e) {
      throw Refusals.body(String.valueOf(e.getMessage()));
    }
  }

  private FeedbackDoc follow(String channel, Feedback feedback) {
    Actor by = new Actor(Actor.Kind.MACHINE, Tidings.actor(channel, feedback.by()));
    try {
      Incident done =
          feedback.stage() == Matter.Stage.RESOLVED
              ? Waiting.on(
                  orders.resolve(feedback.thread(), by, "resolved there by " + feedback.by()))
              : Waiting.on(orders.acknowledge(feedback.thread(), by));
      return new FeedbackDoc(
          feedback.stage().name().toLowerCase(Locale.ROOT), "Incident " + done.id() + ".");
    } catch (OrderRefused e) {
      return new FeedbackDoc("ignored", String.valueOf(e.getMessage()));
    }
  }

  /**
   * What became of a report.
   *
   * @param outcome {@code acknowledged}, {@code resolved} or {@code ignored}
   * @param detail one sentence
   */
  @Wire
  record FeedbackDoc(String outcome, String detail) {}
}
