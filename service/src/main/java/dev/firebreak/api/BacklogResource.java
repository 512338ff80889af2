package dev.firebreak.api;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Roles;
import dev.firebreak.engine.Backlog;
import dev.firebreak.guard.HaltScope;
import dev.firebreak.guard.HaltedChange;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What piled up while automation was halted, and what people choose for it. */
@Path("/api/v1/automation/backlog")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class BacklogResource {
  private final Backlog backlog;

  BacklogResource(Backlog backlog) {
    this.backlog = backlog;
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  public BacklogDoc list() {
    return new BacklogDoc(backlog.heaps().stream().map(HeapDoc::of).toList());
  }

  @POST
  @RolesAllowed(Roles.RESPONDER)
  public ChosenDoc choose(InputStream body, @Context SecurityContext context) {
    Principal caller = Caller.of(context);
    BacklogOrder order = Body.read(body, BacklogOrder.class);
    HaltedChange.Choice choice =
        Slice.word(
            "choice",
            Body.required("choice", order.choice()),
            HaltedChange.Choice.values(),
            HaltedChange.Choice::asText);
    if (choice == null || order.runs() == null) {
      throw Refusals.field("runs", "is required: how many runs you saw in this scope");
    }
    Backlog.Done done =
        Waiting.on(
            backlog.choose(
                new Backlog.Wish(
                    scope(Body.required("scope", order.scope())),
                    choice,
                    order.runs(),
                    Body.optional("to", order.to()),
                    Body.required("reason", order.reason())),
                caller.actor()));
    return new ChosenDoc(
        done.followed(),
        done.left().entrySet().stream()
            .map(left -> new LeftDoc(left.getKey(), left.getValue()))
            .toList());
  }

  private static HaltScope scope(String text) {
    try {
      return HaltScope.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusals.field("scope", String.valueOf(e.getMessage()).replaceFirst("^scope: ", ""));
    }
  }

  /**
   * What shall become of all runs of a scope.
   *
   * @param runs how many there are, as the caller saw it
   * @param to whom to call; the owner of each incident unless said
   */
  record BacklogOrder(
      @Nullable String scope,
      @Nullable String choice,
      @Nullable Integer runs,
      @Nullable String to,
      @Nullable String reason) {}

  /** What piled up, by what was halted. */
  @Wire
  record BacklogDoc(List<HeapDoc> items) {}

  /** What piled up for one scope. */
  @Wire
  record HeapDoc(String scope, boolean off, int runs, int live, List<StoppedDoc> changes) {
    static HeapDoc of(Backlog.Heap heap) {
      return new HeapDoc(
          heap.scope().asText(),
          heap.off(),
          heap.runs().size(),
          heap.live(),
          heap.changes().stream().map(StoppedDoc::of).toList());
    }
  }

  /** A change that was refused or stopped. */
  @Wire
  record StoppedDoc(
      String run,
      String step,
      String incident,
      String runbook,
      String why,
      String at,
      boolean live) {
    static StoppedDoc of(HaltedChange change) {
      return new StoppedDoc(
          change.runId(),
          change.step(),
          change.incidentId(),
          change.runbook(),
          change.why(),
          Times.text(change.at()),
          change.live());
    }
  }

  /** What came of a choice. */
  @Wire
  record ChosenDoc(int followed, List<LeftDoc> left) {}

  /** A run for which it could not be followed; it is kept. */
  @Wire
  record LeftDoc(String run, String why) {}
}
