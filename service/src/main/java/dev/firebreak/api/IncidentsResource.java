package dev.firebreak.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.access.Roles;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.Orders;
import dev.firebreak.escalation.FollowUps;
import dev.firebreak.escalation.ShiftDesk;
import dev.firebreak.run.Incident;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.Run;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Incidents: to read, to take, to close, to write on. */
@Path("/api/v1/incidents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RESPONDER)
public final class IncidentsResource {
  private static final int RUNS = 100;

  private final ApiRecords records;
  private final Orders orders;
  private final ApiDesks.PostmortemDraft postmortem;
  private final FollowUps followUps;

  IncidentsResource(ApiRecords records, ApiDesks desks) {
    this.records = records;
    this.orders = desks.orders();
    this.postmortem = desks.postmortem();
    this.followUps = desks.followUps();
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  public Page<IncidentDoc> list(
      @QueryParam("status") @Nullable String status,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    Slice slice = Slice.of(limit, cursor);
    Incident.Status only =
        Slice.word("status", status, Incident.Status.values(), Incident.Status::asText);
    List<Incident> found =
        records
            .ledger()
            .read(tx -> records.incidents().list(tx, only, slice.cursor(), slice.limit() + 1));
    return Page.of(found, slice, Incident::id, IncidentDoc::of);
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.VIEWER)
  public IncidentDetailDoc get(@PathParam("id") String id) {
    return records.ledger().read(tx -> detail(tx, find(tx, id)));
  }

  private IncidentDetailDoc detail(Tx tx, Incident incident) {
    String id = incident.id();
    List<Run> runs = records.runs().list(tx, id, null, null, RUNS);
    ApiRecords.Around around = records.around();
    return new IncidentDetailDoc(
        IncidentDoc.of(incident),
        around.alerts().ofIncident(tx, id).stream().map(IncidentDetailDoc.AlertDoc::of).toList(),
        runs.stream().map(RunDoc::line).toList(),
        around.tickets().ofIncident(tx, id).stream().map(IncidentDetailDoc.TicketDoc::of).toList(),
        around.escalations().ofIncident(tx, id).stream()
            .map(IncidentDetailDoc.EscalationDoc::of)
            .toList());
  }

  private Incident find(Tx tx, String id) {
    return records.incidents().find(tx, id).orElseThrow(() -> Refusals.notFound("incident", id));
  }

  @GET
  @Path("/{id}/timeline")
  @RolesAllowed(Roles.VIEWER)
  public Page<EntryDoc> timeline(
      @PathParam("id") String id,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    Slice slice = Slice.numbered(limit, cursor);
    List<JournalEntry> found =
        records
            .ledger()
            .read(
                tx ->
                    records
                        .journal()
                        .read(tx, find(tx, id).id(), slice.number(), slice.limit() + 1));
    return Page.of(found, slice, entry -> Long.toString(entry.sequence()), EntryDoc::of);
  }

  @GET
  @Path("/{id}/artifacts")
  @RolesAllowed(Roles.VIEWER)
  public Page<ArtifactDoc> artifacts(@PathParam("id") String id) {
    return records
        .ledger()
        .read(
            tx ->
                new Page<>(
                    records.artifacts().ofIncident(tx, find(tx, id).id()).stream()
                        .map(ArtifactDoc::of)
                        .toList(),
                    null));
  }

  @GET
  @Path("/{id}/postmortem")
  @Produces("text/markdown;charset=UTF-8")
  @RolesAllowed(Roles.VIEWER)
  public String postmortem(@PathParam("id") String id) {
    String found = records.ledger().read(tx -> find(tx, id).id());
    return postmortem
        .draft(found)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                        404,
                        "no-draft",
                        "There is no draft yet",
                        "A postmortem is drafted when its incident is resolved.")));
  }

  @POST
  @Path("/{id}/acknowledge")
  public IncidentDoc acknowledge(
      @PathParam("id") String id, InputStream body, @Context SecurityContext caller) {
    Body.read(body, NothingOrder.class);
    return IncidentDoc.of(Waiting.on(orders.acknowledge(id, Caller.of(caller).actor())));
  }

  @POST
  @Path("/{id}/resolve")
  public IncidentDoc resolve(
      @PathParam("id") String id, InputStream body, @Context SecurityContext caller) {
    String reason = Body.optional("reason", Body.read(body, ReasonOrder.class).reason());
    return IncidentDoc.of(
        Waiting.on(
            orders.resolve(id, Caller.of(caller).actor(), reason.isEmpty() ? null : reason)));
  }

  @POST
  @Path("/{id}/notes")
  public Response note(
      @PathParam("id") String id, InputStream body, @Context SecurityContext caller) {
    String text = Body.required("text", Body.read(body, NoteOrder.class).text());
    Waiting.on(orders.note(id, Caller.of(caller).actor(), text));
    return Response.noContent().build();
  }

  @POST
  @Path("/{id}/snooze")
  public IncidentDoc snooze(
      @PathParam("id") String id, InputStream body, @Context SecurityContext caller) {
    SnoozeOrder order = Body.read(body, SnoozeOrder.class);
    String lasts = Body.required("for", order.lasts());
    String reason = Body.optional("reason", order.reason());
    return follow(
        id, () -> followUps.snooze(id, Durations.parse(lasts), reason, Caller.of(caller).actor()));
  }

  @POST
  @Path("/{id}/hand-over")
  public IncidentDoc handOver(
      @PathParam("id") String id, InputStream body, @Context SecurityContext caller) {
    ToOrder order = Body.read(body, ToOrder.class);
    String to = Body.required("to", order.to());
    String reason = Body.optional("reason", order.reason());
    return follow(id, () -> followUps.handOver(id, to, reason, Caller.of(caller).actor()));
  }

  @POST
  @Path("/{id}/responders")
  public IncidentDoc addResponder(
      @PathParam("id") String id, InputStream body, @Context SecurityContext caller) {
    ToOrder order = Body.read(body, ToOrder.class);
    String to = Body.required("to", order.to());
    String reason = Body.optional("reason", order.reason());
    return follow(id, () -> followUps.addResponder(id, to, reason, Caller.of(caller).actor()));
  }

  private IncidentDoc follow(String id, Supplier<CompletableFuture<Incident>> order) {
    Incident unused = records.ledger().read(tx -> find(tx, id));
    try {
      return IncidentDoc.of(Waiting.on(order.get()));
    } catch (ShiftDesk.Refused | IllegalArgumentException e) {
      throw Refusals.body(e.getMessage() + ".");
    }
  }

  /** For how long nobody is called. */
  record SnoozeOrder(@JsonProperty("for") @Nullable String lasts, @Nullable String reason) {}

  /** Who is called. */
  record ToOrder(@Nullable String to, @Nullable String reason) {}

  /** An order that needs no words. */
  record NothingOrder() {}

  /** An order with a reason. */
  record ReasonOrder(@Nullable String reason) {}

  record NoteOrder(@Nullable String text) {}
}
