package dev.firebreak.web;

import dev.firebreak.access.Role;
import dev.firebreak.core.Ledger;
import dev.firebreak.engine.OrderRefused;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;

/** Takes the word of somebody who has seen that nobody received a message. */
@Path("/unheard")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class UnheardPage {
  private final Pages pages;
  private final Ledger ledger;
  private final Desks.Silence silence;
  private final InstantSource clock;

  UnheardPage(Pages pages, Ledger ledger, Desks.Silence silence, InstantSource clock) {
    this.pages = pages;
    this.ledger = ledger;
    this.silence = silence;
    this.clock = clock;
  }

  /** Ends it, in the name of who pressed the button. */
  @POST
  @Path("/{id}/seen")
  @Needs(Role.RESPONDER)
  public Response seen(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) ->
            ledger.commit(
                tx -> {
                  if (!silence.desk().seen(tx, id, who.actor(), clock.instant())) {
                    throw new OrderRefused(
                        OrderRefused.Kind.GONE, "It arrived, or somebody has seen it already.");
                  }
                  return true;
                }),
        "/?said=seen");
  }
}
