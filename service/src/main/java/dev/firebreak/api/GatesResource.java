package dev.firebreak.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.access.Roles;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.GlassDesk;
import dev.firebreak.engine.Orders;
import dev.firebreak.gate.FiredSince;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.gate.Way;
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
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gates: to read, to approve, to reject, to answer alone. */
@Path("/api/v1/gates")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.APPROVER)
public final class GatesResource {
  private final ApiRecords records;
  private final Orders orders;
  private final GlassDesk glass;
  private final Function<String, Set<String>> teamsOf;

  GatesResource(ApiRecords records, ApiDesks desks) {
    this.records = records;
    this.orders = desks.orders();
    this.glass = desks.glass();
    this.teamsOf = desks.teamsOf();
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  public Page<GateDoc> list(
      @QueryParam("status") @Nullable String status,
      @QueryParam("incident") @Nullable String incident,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    Slice slice = Slice.of(limit, cursor);
    Gate.Status only = Slice.word("status", status, Gate.Status.values(), Gate.Status::asText);
    List<Gate> found =
        records
            .ledger()
            .read(
                tx -> records.gates().list(tx, only, incident, slice.cursor(), slice.limit() + 1));
    return Page.of(found, slice, Gate::id, GateDoc::of);
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.VIEWER)
  public GateDoc get(@PathParam("id") String id) {
    return records
        .ledger()
        .read(tx -> records.gates().find(tx, id).map(gate -> whole(tx, gate)))
        .orElseThrow(() -> Refusals.notFound("gate", id));
  }

  private GateDoc whole(Tx tx, Gate gate) {
    return GateDoc.of(gate, FiredSince.of(tx, records.around().alerts(), gate));
  }

  @POST
  @Path("/{id}/approve")
  public GateDoc approve(
      @PathParam("id") String id, InputStream body, @Context SecurityContext caller) {
    Vote vote = Vote.read(body);
    return GateDoc.of(Waiting.on(orders.decide(word(id, vote, Caller.of(caller).name(), true))));
  }

  @POST
  @Path("/{id}/reject")
  public GateDoc reject(
      @PathParam("id") String id, InputStream body, @Context SecurityContext caller) {
    Vote vote = Vote.read(body);
    return GateDoc.of(Waiting.on(orders.decide(word(id, vote, Caller.of(caller).name(), false))));
  }

  @POST
  @Path("/{id}/break-glass")
  public GateDoc breakGlass(
      @PathParam("id") String id, InputStream body, @Context SecurityContext caller) {
    Vote vote = Vote.read(body);
    return GateDoc.of(Waiting.on(glass.breakGlass(word(id, vote, Caller.of(caller).name(), true))));
  }

  private GateDesk.Word word(String id, Vote vote, String person, boolean approve) {
    return new GateDesk.Word(
        id,
        vote.planHash(),
        person,
        teamsOf.apply(person),
        approve,
        vote.reason(),
        approve ? vote.answers() : Map.of(),
        Way.API);
  }

  record VoteOrder(
      @JsonProperty("plan_hash") @Nullable String planHash,
      @Nullable String reason,
      @Nullable Map<String, @Nullable Object> answers) {}

  private record Vote(String planHash, String reason, Map<String, Object> answers) {
    static Vote read(InputStream body) {
      VoteOrder order = Body.read(body, VoteOrder.class);
      return new Vote(
          Body.required("plan_hash", order.planHash()),
          Body.required("reason", order.reason()),
          answers(order.answers()));
    }

    /** What is null is not answered. */
    private static Map<String, Object> answers(@Nullable Map<String, @Nullable Object> given) {
      Map<String, Object> answers = new LinkedHashMap<>();
      if (given != null) {
        given.forEach(
            (name, value) -> {
              if (value != null) {
                answers.put(name, value);
              }
            });
      }
      return answers;
    }
  }
}
