package dev.firebreak.api;

import dev.firebreak.access.Roles;
import dev.firebreak.alert.Deliveries;
import dev.firebreak.alert.Delivery;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Masker;
import dev.firebreak.intake.Intake;
import dev.firebreak.intake.IntakeRefused;
import jakarta.annotation.security.RolesAllowed;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deliveries: what was received, what became of it, and once more with the runbooks of today. */
@Path("/api/v1/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.RESPONDER)
public final class DeliveriesResource {
  private final Intake intake;
  private final Ledger ledger;
  private final Deliveries deliveries;
  private final Masker masker;

  DeliveriesResource(Intake intake, Ledger ledger, Deliveries deliveries, Masker masker) {
    this.intake = intake;
    this.ledger = ledger;
    this.deliveries = deliveries;
    this.masker = masker;
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  public Page<DeliveryDoc.Line> list(
      @QueryParam("source") @Nullable String source,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    Slice slice = Slice.of(limit, cursor);
    String only = source == null || source.isBlank() ? null : source;
    List<Delivery> found =
        ledger.read(tx -> deliveries.list(tx, only, slice.cursor(), slice.limit() + 1));
    return Page.of(found, slice, Delivery::id, DeliveryDoc.Line::of);
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.VIEWER)
  public DeliveryDoc get(@PathParam("id") String id) {
    Delivery found =
        ledger
            .read(tx -> deliveries.find(tx, id))
            .orElseThrow(() -> Refusals.notFound("delivery", id));
    return DeliveryDoc.of(found, masker);
  }

  @POST
  @Path("/{id}/replay")
  public Response replay(@PathParam("id") String id, @Context SecurityContext caller) {
    try {
      Delivery replayed = Waiting.on(intake.replay(id, Caller.of(caller).actor()));
      return Response.accepted(ReceiptDoc.of(replayed)).build();
    } catch (IntakeRefused e) {
      throw IntakeProblems.of(e);
    }
  }
}
