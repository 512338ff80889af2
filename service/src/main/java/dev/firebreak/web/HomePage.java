package dev.firebreak.web;

import dev.firebreak.access.Role;
import dev.firebreak.core.Tx;
import dev.firebreak.escalation.Escalation;
import dev.firebreak.gate.Gate;
import dev.firebreak.run.Incident;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The list of incidents, with what needs a human on top. */
@Path("/")
public final class HomePage {
  private static final int PAGE = 25;
  private static final int OPEN = 50;

  private final Pages pages;
  private final Shelves shelves;
  private final Desks desks;
  private final Door door;
  private final InstantSource clock;

  HomePage(Pages pages, Shelves shelves, Desks desks, Door door, InstantSource clock) {
    this.pages = pages;
    this.shelves = shelves;
    this.desks = desks;
    this.door = door;
    this.clock = clock;
  }

  /**
   * The list.
   *
   * @param before only resolved incidents older than this one, or null for the first page
   */
  @GET
  @Needs(Role.VIEWER)
  public Response list(
      @Context ContainerRequestContext request, @QueryParam("before") @Nullable String before) {
    Visit visit = Visit.of(request);
    Askable askable = door.askable(visit.who());
    return pages.show(
        request,
        tx ->
            new Sheet(
                "home",
                "Incidents",
                "/",
                "/events",
                before == null ? first(tx, askable) : past(tx, before)));
  }

  private HomeView first(Tx tx, Askable askable) {
    Times times = new Times(clock.instant());
    List<Incident> live =
        Stream.of(Incident.Status.OPEN, Incident.Status.ACKNOWLEDGED)
            .flatMap(status -> shelves.incidents().list(tx, status, null, OPEN).stream())
            .toList();
    List<GateCard> gates =
        desks.gates().list(tx, Gate.Status.OPEN, null, null, PAGE).stream()
            .map(gate -> GateCard.of(gate, askable, times))
            .toList();
    List<HomeView.Call> calls =
        live.stream().flatMap(incident -> calls(tx, incident, times)).toList();
    List<HomeView.Row> open = live.stream().map(incident -> row(tx, incident, times)).toList();
    List<HomeView.Lost> unheard = unheard(tx, times);
    String halted = halted(tx);
    HomeView past = past(tx, null);
    return new HomeView(
        true,
        !gates.isEmpty() || !calls.isEmpty() || !unheard.isEmpty() || halted != null,
        halted,
        unheard,
        gates,
        calls,
        open,
        open.isEmpty(),
        past.past(),
        past.anyPast(),
        past.older());
  }

  private HomeView past(Tx tx, @Nullable String before) {
    Times times = new Times(clock.instant());
    List<Incident> over = shelves.incidents().list(tx, Incident.Status.RESOLVED, before, PAGE + 1);
    List<HomeView.Row> rows = new ArrayList<>();
    over.stream().limit(PAGE).forEach(incident -> rows.add(row(tx, incident, times)));
    String older = over.size() > PAGE ? "/?before=" + over.get(PAGE - 1).id() : null;
    return new HomeView(
        false,
        false,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        false,
        rows,
        !rows.isEmpty(),
        older);
  }

  private @Nullable String halted(Tx tx) {
    int runs = desks.backlog().heaps(tx).stream().mapToInt(heap -> heap.runs().size()).sum();
    return runs == 0 ? null : runs + (runs == 1 ? " run was" : " runs were");
  }

  private List<HomeView.Lost> unheard(Tx tx, Times times) {
    return desks.silence().kept().open(tx, PAGE).stream()
        .map(
            one ->
                new HomeView.Lost(
                    one.id(),
                    "/incidents/" + one.incidentId(),
                    one.what(),
                    Excerpt.sentence(one.error()),
                    times.when(one.raisedAt())))
        .toList();
  }

  private Stream<HomeView.Call> calls(Tx tx, Incident incident, Times times) {
    return desks.escalations().ofIncident(tx, incident.id()).stream()
        .filter(call -> call.status() == Escalation.Status.CALLING)
        .map(
            call ->
                new HomeView.Call(
                    "/incidents/" + incident.id(),
                    incident.title(),
                    Excerpt.sentence(call.why()),
                    times.when(call.openedAt()),
                    "Calling " + call.chain()));
  }

  private HomeView.Row row(Tx tx, Incident incident, Times times) {
    HomeView.RunMark run =
        shelves.runs().list(tx, incident.id(), null, null, 1).stream()
            .findFirst()
            .map(r -> new HomeView.RunMark(r.id(), r.runbook(), Badge.of(r.status())))
            .orElse(null);
    String hands = incident.acknowledgedBy() == null ? "" : incident.acknowledgedBy();
    return new HomeView.Row(
        incident.id(),
        Excerpt.line(incident.title(), 200),
        Excerpt.line(incident.key(), 120),
        incident.owner(),
        Badge.severity(incident.severity()),
        Badge.of(incident.status()),
        times.when(incident.openedAt()),
        hands,
        run);
  }
}
