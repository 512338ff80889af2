package dev.firebreak.web;

import dev.firebreak.access.Role;
import dev.firebreak.core.Durations;
import dev.firebreak.engine.Orders;
import dev.firebreak.run.Incident;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.InstantSource;

/** One incident, its live timeline and its postmortem. */
@Path("/incidents/{id}")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class IncidentPage {
  private static final int MARKDOWN = 36_000;

  private final Pages pages;
  private final IncidentReader reader;
  private final Desks desks;
  private final Orders orders;
  private final Door door;
  private final InstantSource clock;

  IncidentPage(
      Pages pages,
      IncidentReader reader,
      Desks desks,
      Orders orders,
      Door door,
      InstantSource clock) {
    this.pages = pages;
    this.reader = reader;
    this.desks = desks;
    this.orders = orders;
    this.door = door;
    this.clock = clock;
  }

  /** The page. */
  @GET
  @Needs(Role.VIEWER)
  public Response show(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      @QueryParam("before") @DefaultValue("0") String before) {
    Visit visit = Visit.of(request);
    Askable askable = door.askable(visit.who());
    return pages.show(
        request,
        tx -> {
          Incident incident = reader.incident(tx, id);
          Times times = new Times(clock.instant());
          IncidentView view = reader.view(tx, incident, askable, times, sequence(before));
          return new Sheet(
              "incident", view.head().title(), "/", "/events?incident=" + incident.id(), view);
        });
  }

  private static long sequence(String before) {
    return before.matches("[0-9]{1,15}") ? Long.parseLong(before) : 0;
  }

  /** The draft of its postmortem. */
  @GET
  @Path("/postmortem")
  @Needs(Role.VIEWER)
  public Response postmortem(@Context ContainerRequestContext request, @PathParam("id") String id) {
    String draft = draft(id, false);
    return pages.show(
        request,
        tx -> {
          Incident incident = reader.incident(tx, id);
          PostmortemView view =
              new PostmortemView(
                  id,
                  Excerpt.line(incident.title(), 300),
                  incident.status() == Incident.Status.RESOLVED,
                  !draft.isEmpty(),
                  Excerpt.of(draft, MARKDOWN));
          return new Sheet("postmortem", "Postmortem: " + view.title(), "/", null, view);
        });
  }

  /** The draft as a file. */
  @GET
  @Path("/postmortem.md")
  @Needs(Role.VIEWER)
  public Response markdown(@Context ContainerRequestContext request, @PathParam("id") String id) {
    String draft = draft(id, true);
    return pages.answer(
        request,
        tx -> {
          Incident incident = reader.incident(tx, id);
          return Response.ok(draft, "text/markdown; charset=utf-8")
              .header(
                  "Content-Disposition",
                  "attachment; filename=\"postmortem-" + incident.id() + ".md\"")
              .build();
        });
  }

  private String draft(String id, boolean whole) {
    return desks.postmortems().draft(id, whole).orElse("");
  }

  record PostmortemView(
      String id, String title, boolean resolved, boolean written, Excerpt draft) {}

  /** Somebody takes it. */
  @POST
  @Path("/acknowledge")
  @Needs(Role.RESPONDER)
  public Response acknowledge(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) -> orders.acknowledge(id, who.actor()),
        back(id, "acknowledged"));
  }

  /** It is over. */
  @POST
  @Path("/resolve")
  @Needs(Role.RESPONDER)
  public Response resolve(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) ->
            orders.resolve(
                id, who.actor(), form.required("reason", "Say in a few words why it is over.")),
        back(id, "resolved"));
  }

  /** Something for the record. */
  @POST
  @Path("/notes")
  @Needs(Role.RESPONDER)
  public Response note(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) -> orders.note(id, who.actor(), form.required("text", "The note is empty.")),
        back(id, "noted"));
  }

  /** Nobody is called for a while. */
  @POST
  @Path("/snooze")
  @Needs(Role.RESPONDER)
  public Response snooze(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) ->
            desks.followUps().snooze(id, rest(form), form.optional("reason"), who.actor()),
        back(id, "snoozed"));
  }

  private static Duration rest(Form form) {
    try {
      return Durations.parse(form.required("for", "Choose for how long."));
    } catch (IllegalArgumentException e) {
      throw new Fault.Refusal(Fault.bad("'for' " + e.getMessage() + "."));
    }
  }

  /** Somebody else shall have it. */
  @POST
  @Path("/hand-over")
  @Needs(Role.RESPONDER)
  public Response handOver(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) ->
            desks
                .followUps()
                .handOver(
                    id,
                    form.required("to", "Choose who shall have it."),
                    form.optional("reason"),
                    who.actor()),
        back(id, "handedover"));
  }

  /** Somebody else shall help. */
  @POST
  @Path("/responders")
  @Needs(Role.RESPONDER)
  public Response addResponder(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) ->
            desks
                .followUps()
                .addResponder(
                    id,
                    form.required("to", "Choose who shall help."),
                    form.optional("reason"),
                    who.actor()),
        back(id, "helped"));
  }

  private static String back(String id, String said) {
    return "/incidents/" + Address.part(id) + "?said=" + said;
  }
}
