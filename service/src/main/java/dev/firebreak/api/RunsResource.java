package dev.firebreak.api;

import dev.firebreak.access.Roles;
import dev.firebreak.core.Actor;
import dev.firebreak.engine.GlassDesk;
import dev.firebreak.engine.Orders;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs: to read, to stop, to hold, to answer for. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RESPONDER)
public final class RunsResource {
  private final ApiRecords records;
  private final Orders orders;
  private final ManualStarts starts;
  private final GlassDesk glass;

  RunsResource(ApiRecords records, ApiDesks desks, ManualStarts starts) {
    this.records = records;
    this.orders = desks.orders();
    this.starts = starts;
    this.glass = desks.glass();
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  public Page<RunDoc> list(
      @QueryParam("incident") @Nullable String incident,
      @QueryParam("status") @Nullable String status,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    Slice slice = Slice.of(limit, cursor);
    RunStatus only = Slice.word("status", status, RunStatus.values(), RunStatus::asText);
    List<Run> found =
        records
            .ledger()
            .read(tx -> records.runs().list(tx, incident, only, slice.cursor(), slice.limit() + 1));
    return Page.of(found, slice, Run::id, RunDoc::line);
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.VIEWER)
  public RunDoc get(@PathParam("id") String id) {
    return records
        .ledger()
        .read(
            tx -> records.runs().glance(tx, id).map(run -> RunDoc.whole(run, glass.ofRun(tx, id))))
        .orElseThrow(() -> Refusals.notFound("run", id));
  }

  @POST
  public Response start(
      @HeaderParam("Idempotency-Key") @Nullable String key,
      InputStream body,
      @Context SecurityContext caller) {
    IdempotencyKey.check(key);
    byte[] bytes = Body.bytes(body);
    StartOrder order = StartOrder.of(Body.read(bytes, StartOrder.Sent.class));
    ManualStarts.Started started = starts.start(order, key, bytes, Caller.of(caller));
    return Response.status(started.repeated() ? Response.Status.OK : Response.Status.CREATED)
        .location(URI.create("/api/v1/runs/" + started.run()))
        .entity(new StartedDoc(started.run(), started.incident(), started.repeated()))
        .build();
  }

  @POST
  @Path("/{id}/cancel")
  public Response cancel(
      @PathParam("id") String id, InputStream body, @Context SecurityContext caller) {
    return OrderDoc.answer(orders.cancel(id, actor(caller), reason(body)));
  }

  @POST
  @Path("/{id}/pause")
  public Response pause(
      @PathParam("id") String id, InputStream body, @Context SecurityContext caller) {
    return OrderDoc.answer(orders.pause(id, actor(caller), reason(body)));
  }

  @POST
  @Path("/{id}/resume")
  public Response resume(
      @PathParam("id") String id, InputStream body, @Context SecurityContext caller) {
    Body.read(body, IncidentsResource.NothingOrder.class);
    return OrderDoc.answer(orders.resume(id, actor(caller)));
  }

  @POST
  @Path("/{id}/steps/{step: .+}/resolve")
  public Response answer(
      @PathParam("id") String id,
      @PathParam("step") String step,
      InputStream body,
      @Context SecurityContext caller) {
    AnswerOrder order = Body.read(body, AnswerOrder.class);
    if (order.happened() == null) {
      throw Refusals.field("happened", "is required: true if the change took place, else false");
    }
    String reason = Body.required("reason", order.reason());
    return OrderDoc.answer(orders.answer(id, step, order.happened(), actor(caller), reason));
  }

  @POST
  @Path("/{id}/steps/{step: .+}/retry")
  public Response retry(
      @PathParam("id") String id,
      @PathParam("step") String step,
      InputStream body,
      @Context SecurityContext caller) {
    return OrderDoc.answer(orders.retry(id, step, actor(caller), reason(body)));
  }

  @POST
  @Path("/{id}/steps/{step: .+}/skip")
  public Response skip(
      @PathParam("id") String id,
      @PathParam("step") String step,
      InputStream body,
      @Context SecurityContext caller) {
    return OrderDoc.answer(orders.skip(id, step, actor(caller), reason(body)));
  }

  private static String reason(InputStream body) {
    return Body.required("reason", Body.read(body, IncidentsResource.ReasonOrder.class).reason());
  }

  private static Actor actor(SecurityContext caller) {
    return Caller.of(caller).actor();
  }

  /**
   * What became of an order to start.
   *
   * @param repeated whether this very order was given before, by its key
   */
  @Wire
  record StartedDoc(String run, String incident, boolean repeated) {}

  record AnswerOrder(@Nullable Boolean happened, @Nullable String reason) {}
}
