package dev.firebreak.api;

import dev.firebreak.access.Roles;
import dev.firebreak.engine.PromotionDesk;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Runbooks;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runbooks in force: to read; and a text that may become one: to check. */
@Path("/api/v1/runbooks")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public final class RunbooksResource {
  private static final int LARGEST = 1024 * 1024;

  private final Runbooks runbooks;
  private final ApiDesks.RunbookCheck check;
  private final PromotionDesk promotions;
  private final Function<String, Set<String>> teamsOf;

  RunbooksResource(ApiDesks desks) {
    this.runbooks = desks.runbooks();
    this.check = desks.check();
    this.promotions = desks.promotions();
    this.teamsOf = desks.teamsOf();
  }

  @GET
  public Page<RunbookDoc> list() {
    List<Runbook> books = runbooks.current();
    Map<String, PromotionDesk.State> states = promotions.states(books);
    return new Page<>(
        books.stream()
            .sorted(Comparator.comparing(Runbook::name))
            .map(book -> RunbookDoc.line(book, Objects.requireNonNull(states.get(book.name()))))
            .toList(),
        null);
  }

  @GET
  @Path("/{name}")
  public RunbookDoc get(@PathParam("name") String name) {
    Runbook book = book(name);
    return RunbookDoc.whole(book, promotions.standing(book).state());
  }

  private Runbook book(String name) {
    return runbooks.current(name).orElseThrow(() -> Refusals.notFound("runbook", name));
  }

  @GET
  @Path("/{name}/promotion")
  public PromotionDoc promotion(@PathParam("name") String name) {
    return PromotionDoc.of(promotions.standing(book(name)));
  }

  @POST
  @Path("/{name}/promote")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.APPROVER)
  public PromotionDoc promote(
      @PathParam("name") String name, InputStream body, @Context SecurityContext caller) {
    return PromotionDoc.of(Waiting.on(promotions.promote(word(name, body, caller))));
  }

  @POST
  @Path("/{name}/withdraw")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.RESPONDER)
  public PromotionDoc withdraw(
      @PathParam("name") String name, InputStream body, @Context SecurityContext caller) {
    return PromotionDoc.of(Waiting.on(promotions.withdraw(word(name, body, caller))));
  }

  private PromotionDesk.Word word(String name, InputStream body, SecurityContext caller) {
    PromotionOrder order = Body.read(body, PromotionOrder.class);
    String person = Caller.of(caller).name();
    return new PromotionDesk.Word(
        name,
        Body.required("version", order.version()),
        person,
        teamsOf.apply(person),
        Body.required("reason", order.reason()));
  }

  /**
   * What somebody wants of a version.
   *
   * @param version that was seen; its first 12 characters will do
   */
  record PromotionOrder(@Nullable String version, @Nullable String reason) {}

  @POST
  @Path("/validate")
  @Consumes({"application/yaml", "application/x-yaml", "text/yaml", "text/plain"})
  public RunbookDoc.CheckDoc validate(InputStream body) {
    String text = Body.text(body, LARGEST);
    return RunbookDoc.CheckDoc.of(check.check("runbook.yaml", text));
  }
}
