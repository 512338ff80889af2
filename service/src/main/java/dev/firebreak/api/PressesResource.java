package dev.firebreak.api;

import dev.firebreak.access.Role;
import dev.firebreak.channel.Answering;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.ForgedFeedback;
import dev.firebreak.core.SecretUnavailable;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.gate.Way;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where channels tell what people pressed in their messages. The channel's signature says who
 * sends, the contact says who it is here. It is answered at once, since senders wait for three
 * seconds only; what came of it is said in the conversation.
 */
@Path("/api/v1/channels/{name}/actions")
@Produces(MediaType.APPLICATION_JSON)
public final class PressesResource {
  private static final Logger LOG = LoggerFactory.getLogger(PressesResource.class);

  private final ApiDesks desks;

  PressesResource(ApiDesks desks) {
    this.desks = desks;
  }

  /** Decides as the person whose contact pressed. */
  @POST
  @PermitAll
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response hear(
      @PathParam("name") String name,
      @HeaderParam("X-Slack-Signature") @Nullable String signature,
      @HeaderParam("X-Slack-Request-Timestamp") @Nullable String timestamp,
      InputStream body) {
    Answering channel =
        desks
            .channels()
            .answering(name)
            .orElseThrow(() -> Refusals.notFound("channel with buttons", name));
    heard(
            channel,
            signature == null ? "" : signature,
            timestamp == null ? "" : timestamp,
            Body.bytes(body))
        .ifPresent(press -> desks.buttons().threads().execute(() -> follow(channel, press)));
    return Response.ok().build();
  }

  private String page(String gate) {
    return desks.subscriptions().baseUrl().replaceAll("/+$", "") + "/gates/" + gate;
  }

  private static Optional<Answering.Press> heard(
      Answering channel, String signature, String timestamp, byte[] body) {
    try {
      return channel.pressed(signature, timestamp, body);
    } catch (ForgedFeedback e) {
      LOG.warn("channel '{}' refused a press: {}", channel.name(), e.getMessage());
      throw Refusals.forbidden(String.valueOf(e.getMessage()));
    } catch (SecretUnavailable e) {
      LOG.error("channel '{}' cannot check presses: {}", channel.name(), e.getMessage());
      throw new ProblemException(
          Problem.of(503, "no-secret", "Cannot be checked now", "The log says what is missing."),
          Map.of("Retry-After", "30"));
    } catch (IllegalArgumentException e) {
      throw Refusals.body(String.valueOf(e.getMessage()));
    }
  }

  private void follow(Answering channel, Answering.Press press) {
    String said;
    try {
      said = decided(channel.name(), press);
    } catch (CompletionException e) {
      said = "Not counted: " + (e.getCause() == null ? e : e.getCause()).getMessage();
      if (e.getCause() instanceof OrderRefused refused
          && refused.kind() == OrderRefused.Kind.INVALID) {
        said += ". Approve it on its page: " + page(press.ask().gate());
      }
    } catch (RuntimeException e) {
      LOG.error("channel '{}': a press could not be followed", channel.name(), e);
      said = "Not counted: Firebreak cannot record it now. Try again, or use the console.";
    }
    try {
      channel.reply(press, said);
    } catch (ChannelException | IllegalArgumentException e) {
      LOG.warn(
          "channel '{}': who pressed was not told '{}': {}", channel.name(), said, e.getMessage());
    }
  }

  private String decided(String channel, Answering.Press press) {
    Optional<String> person = desks.buttons().people().whose(channel, press.user());
    if (person.isEmpty()) {
      return "Not counted: in 'people' of config.yml, the contact {channel: '%s', to: %s} has to belong to one person; it belongs to nobody, or to several."
          .formatted(channel, press.user());
    }
    if (!desks.tokens().may(person.get(), Role.APPROVER)) {
      return "Not counted: %s holds no token in force with the role approver."
          .formatted(person.get());
    }
    if (press.reason().isEmpty()) {
      return "Not counted: a decision needs a reason. Write one into the field, then press again.";
    }
    return sentence(order(person.get(), press).join());
  }

  private CompletableFuture<Gate> order(String person, Answering.Press press) {
    return desks
        .orders()
        .decide(
            new GateDesk.Word(
                press.ask().gate(),
                press.ask().plan(),
                person,
                desks.teamsOf().apply(person),
                press.approve(),
                press.reason(),
                Map.of(),
                Way.BUTTON));
  }

  private static String sentence(Gate gate) {
    long yes = gate.votes().stream().filter(Gate.Vote::approve).count();
    return gate.status() == Gate.Status.OPEN
        ? "Counted: %d of %d approvals.".formatted(yes, gate.quorum())
        : "Counted: this is " + gate.outcome() + ".";
  }
}
