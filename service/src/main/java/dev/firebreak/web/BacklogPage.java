package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.engine.Backlog;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.guard.HaltScope;
import dev.firebreak.guard.HaltedChange;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** Takes what people choose for what piled up while automation was off. */
@Path("/automation/backlog")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class BacklogPage {
  private final Pages pages;
  private final Backlog backlog;

  BacklogPage(Pages pages, Backlog backlog) {
    this.pages = pages;
    this.backlog = backlog;
  }

  /** Has all runs of a scope go on, be cancelled, or be handed over. */
  @POST
  @Needs(Role.RESPONDER)
  public Response choose(
      @Context ContainerRequestContext request, MultivaluedMap<String, String> fields) {
    return pages.follow(request, fields, this::choose, "/automation?said=chosen");
  }

  private Future<?> choose(Form form, Principal who) {
    HaltedChange.Choice choice =
        Arrays.stream(HaltedChange.Choice.values())
            .filter(known -> known.asText().equals(form.optional("choice")))
            .findFirst()
            .orElseThrow(() -> bad("Choose to go on, to cancel or to hand over."));
    try {
      return backlog
          .choose(
              new Backlog.Wish(
                  HaltScope.parse(form.required("scope", "Choose what.")),
                  choice,
                  Integer.parseInt(form.required("runs", "Say how many you saw.")),
                  form.optional("to"),
                  form.required("reason", "Say why: it goes on the record.")),
              who.actor())
          .thenCompose(BacklogPage::told);
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private static Fault.Refusal bad(String text) {
    return new Fault.Refusal(Fault.bad(text));
  }

  private static CompletableFuture<Backlog.Done> told(Backlog.Done done) {
    return done.left().isEmpty()
        ? CompletableFuture.completedFuture(done)
        : CompletableFuture.failedFuture(
            new OrderRefused(
                OrderRefused.Kind.CONFLICT,
                "It was followed for %d runs. %d are left as they are: %s"
                    .formatted(done.followed(), done.left().size(), done.left())));
  }
}
