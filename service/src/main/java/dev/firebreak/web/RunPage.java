package dev.firebreak.web;

import dev.firebreak.access.Role;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.engine.Orders;
import dev.firebreak.run.Run;
import dev.firebreak.run.Runs;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.Map;

/** One run, and the orders that stop it, let it go on, or answer for a step. */
@Path("/runs/{id}")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class RunPage {
  private static final String WHY = "Say in a few words why: it goes on the record.";

  private final Pages pages;
  private final Runs runs;
  private final RunReader reader;
  private final Orders orders;
  private final Door door;
  private final InstantSource clock;

  RunPage(Pages pages, Runs runs, RunReader reader, Orders orders, Door door, InstantSource clock) {
    this.pages = pages;
    this.runs = runs;
    this.reader = reader;
    this.orders = orders;
    this.door = door;
    this.clock = clock;
  }

  /** The page. */
  @GET
  @Needs(Role.VIEWER)
  public Response show(@Context ContainerRequestContext request, @PathParam("id") String id) {
    Askable askable = door.askable(Visit.of(request).who());
    return pages.show(
        request,
        tx -> {
          Run run =
              runs.glance(tx, id)
                  .orElseThrow(
                      () ->
                          new OrderRefused(
                              OrderRefused.Kind.NOT_FOUND, "There is no run " + id + "."));
          RunView view = reader.view(tx, run, askable, new Times(clock.instant()));
          String live = "/events?incident=" + run.incidentId();
          return new Sheet("run", view.head().title(), "/", live, view);
        });
  }

  /** No new step begins. */
  @POST
  @Path("/pause")
  @Needs(Role.RESPONDER)
  public Response pause(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) -> orders.pause(id, who.actor(), form.required("reason", WHY)),
        back(id, "paused"));
  }

  /** It goes on. */
  @POST
  @Path("/resume")
  @Needs(Role.RESPONDER)
  public Response resume(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request, fields, (form, who) -> orders.resume(id, who.actor()), back(id, "resumed"));
  }

  /** It never acts again. */
  @POST
  @Path("/cancel")
  @Needs(Role.RESPONDER)
  public Response cancel(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) -> orders.cancel(id, who.actor(), form.required("reason", WHY)),
        back(id, "cancelled"));
  }

  /** A human says how an unknown step really ended. */
  @POST
  @Path("/steps/{step: .+}/answer")
  @Needs(Role.RESPONDER)
  public Response answer(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @PathParam("step") String step,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) ->
            orders.answer(
                id,
                step,
                happened(form.required("happened", "Say whether the change took place.")),
                who.actor(),
                form.required("reason", "Say how you know: it goes on the record.")),
        back(id, "answered"));
  }

  /** A human has a step tried again. */
  @POST
  @Path("/steps/{step: .+}/retry")
  @Needs(Role.RESPONDER)
  public Response retry(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @PathParam("step") String step,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) -> orders.retry(id, step, who.actor(), form.required("reason", WHY)),
        back(id, "retried"));
  }

  /** A human skips a step. */
  @POST
  @Path("/steps/{step: .+}/skip")
  @Needs(Role.RESPONDER)
  public Response skip(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @PathParam("step") String step,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) -> orders.skip(id, step, who.actor(), form.required("reason", WHY)),
        back(id, "skipped"));
  }

  /** A human sends a signal that a step waits for. */
  @POST
  @Path("/signals/{name}")
  @Needs(Role.RESPONDER)
  public Response signal(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @PathParam("name") String name,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) -> orders.signal(id, name, null, Map.of(), who.actor()),
        back(id, "signalled"));
  }

  private static boolean happened(String said) {
    return switch (said) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new Fault.Refusal(Fault.bad("Say whether the change took place."));
    };
  }

  private static String back(String id, String said) {
    return "/runs/" + Address.part(id) + "?said=" + said;
  }
}
