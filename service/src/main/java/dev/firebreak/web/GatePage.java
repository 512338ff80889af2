package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.engine.Orders;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.gate.Gates;
import dev.firebreak.gate.Way;
import jakarta.ws.rs.Consumes;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Questions to humans. To look at one never decides it: only a form of this session does. */
@Path("/gates")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class GatePage {
  private static final int PAGE = 25;
  private static final String WHY = "A decision needs a reason: it goes on the record.";
  private static final String PLAN = "The plan that was shown is missing.";

  private final Pages pages;
  private final Gates gates;
  private final GateReader reader;
  private final Orders orders;
  private final Door door;
  private final InstantSource clock;

  GatePage(
      Pages pages, Gates gates, GateReader reader, Orders orders, Door door, InstantSource clock) {
    this.pages = pages;
    this.gates = gates;
    this.reader = reader;
    this.orders = orders;
    this.door = door;
    this.clock = clock;
  }

  /** All gates: the open ones, then how the others ended. */
  @GET
  @Needs(Role.VIEWER)
  public Response list(
      @Context ContainerRequestContext request, @QueryParam("before") @Nullable String before) {
    Askable askable = door.askable(Visit.of(request).who());
    return pages.show(
        request, tx -> new Sheet("gates", "Gates", "/gates", "/events", list(tx, askable, before)));
  }

  private GateList list(Tx tx, Askable askable, @Nullable String before) {
    Times times = new Times(clock.instant());
    List<GateCard> open =
        before != null
            ? List.of()
            : gates.list(tx, Gate.Status.OPEN, null, null, PAGE).stream()
                .map(gate -> GateCard.of(gate, askable, times))
                .toList();
    List<Gate> all = gates.list(tx, null, null, before, PAGE + 1);
    List<GateCard> over =
        all.stream()
            .limit(PAGE)
            .filter(gate -> gate.status() != Gate.Status.OPEN)
            .map(gate -> GateCard.of(gate, askable, times))
            .toList();
    String older = all.size() > PAGE ? "/gates?before=" + all.get(PAGE - 1).id() : null;
    return new GateList(before == null, open, open.isEmpty(), over, !over.isEmpty(), older);
  }

  record GateList(
      boolean first,
      List<GateCard> open,
      boolean none,
      List<GateCard> over,
      boolean anyOver,
      @Nullable String older) {}

  /** One gate. */
  @GET
  @Path("/{id}")
  @Needs(Role.VIEWER)
  public Response show(@Context ContainerRequestContext request, @PathParam("id") String id) {
    Askable askable = door.askable(Visit.of(request).who());
    return pages.show(
        request,
        tx -> {
          Gate gate =
              gates
                  .find(tx, id)
                  .orElseThrow(
                      () ->
                          new OrderRefused(
                              OrderRefused.Kind.NOT_FOUND, "There is no gate " + id + "."));
          GateView view = reader.view(tx, gate, askable, new Times(clock.instant()));
          String live = "/events?incident=" + gate.incidentId();
          return new Sheet("gate", view.card().question(), "/gates", live, view);
        });
  }

  /** Yes, to exactly the plan that was shown. */
  @POST
  @Path("/{id}/approve")
  @Needs(Role.APPROVER)
  public Response approve(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) -> orders.decide(word(id, form, who, true)),
        back(id, "approved"));
  }

  /** No, for good. */
  @POST
  @Path("/{id}/reject")
  @Needs(Role.APPROVER)
  public Response reject(
      @Context ContainerRequestContext request,
      @PathParam("id") String id,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) -> orders.decide(word(id, form, who, false)),
        back(id, "rejected"));
  }

  private GateDesk.Word word(String id, Form form, Principal who, boolean approve) {
    return new GateDesk.Word(
        id,
        form.required("plan", PLAN),
        who.name(),
        door.teamsOf(who),
        approve,
        form.required("reason", WHY),
        approve ? form.answers() : Map.of(),
        Way.CONSOLE);
  }

  private static String back(String id, String said) {
    return "/gates/" + Address.part(id) + "?said=" + said;
  }
}
