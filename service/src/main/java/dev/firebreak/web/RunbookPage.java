package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.core.Tx;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.engine.PromotionDesk;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Runbooks;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The runbooks in force. */
@Path("/runbooks")
public final class RunbookPage {
  private final Pages pages;
  private final Runbooks runbooks;
  private final PromotionDesk promotions;
  private final Door door;
  private final InstantSource clock;

  RunbookPage(
      Pages pages, Runbooks runbooks, PromotionDesk promotions, Door door, InstantSource clock) {
    this.pages = pages;
    this.runbooks = runbooks;
    this.promotions = promotions;
    this.door = door;
    this.clock = clock;
  }

  record Shelf(List<Row> rows, boolean empty) {}

  record Row(
      String name,
      String title,
      String owner,
      String fixes,
      String trigger,
      @Nullable Badge promotion) {}

  /** All of them. */
  @GET
  @Needs(Role.VIEWER)
  public Response list(@Context ContainerRequestContext request) {
    List<Runbook> books = runbooks.current();
    return pages.show(
        request,
        tx -> {
          List<Row> rows = rows(books, promotions.states(tx, books));
          return new Sheet(
              "runbooks", "Runbooks", "/runbooks", null, new Shelf(rows, rows.isEmpty()));
        });
  }

  private static List<Row> rows(List<Runbook> books, Map<String, PromotionDesk.State> states) {
    return books.stream()
        .sorted(Comparator.comparing(Runbook::name))
        .map(
            book ->
                new Row(
                    book.name(),
                    book.title(),
                    book.owner(),
                    Integer.toString(book.remediate().size()),
                    Excerpt.line(book.on().alert().source(), 160),
                    states.get(book.name()) instanceof PromotionDesk.State state
                            && state != PromotionDesk.State.FREE
                        ? Badge.of(state)
                        : null))
        .toList();
  }

  /** One. */
  @GET
  @Path("/{name}")
  @Needs(Role.VIEWER)
  public Response show(@Context ContainerRequestContext request, @PathParam("name") String name) {
    Principal who = Visit.of(request).who();
    Set<String> teams = door.teamsOf(who);
    return pages.show(
        request,
        tx -> {
          Runbook book =
              runbooks
                  .current(name)
                  .orElseThrow(
                      () ->
                          new OrderRefused(
                              OrderRefused.Kind.NOT_FOUND,
                              "There is no runbook '" + name + "' in force."));
          return new Sheet("runbook", book.title(), "/runbooks", null, view(tx, book, who, teams));
        });
  }

  private RunbookView view(Tx tx, Runbook book, Principal who, Set<String> teams) {
    return RunbookView.of(
        book,
        PromotionCard.of(
            promotions.standing(tx, book),
            promotions,
            book,
            who,
            teams,
            new Times(clock.instant())));
  }

  /** Has a version make its changes. */
  @POST
  @Path("/{name}/promote")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Needs(Role.APPROVER)
  public Response promote(
      @Context ContainerRequestContext request,
      @PathParam("name") String name,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) -> promotions.promote(word(name, form, who)),
        back(name) + "promoted");
  }

  /** Has a version rehearse again. */
  @POST
  @Path("/{name}/withdraw")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Needs(Role.RESPONDER)
  public Response withdraw(
      @Context ContainerRequestContext request,
      @PathParam("name") String name,
      MultivaluedMap<String, String> fields) {
    return pages.follow(
        request,
        fields,
        (form, who) -> promotions.withdraw(word(name, form, who)),
        back(name) + "withdrawn");
  }

  private static String back(String name) {
    return "/runbooks/" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "?said=";
  }

  private PromotionDesk.Word word(String name, Form form, Principal who) {
    return new PromotionDesk.Word(
        name,
        form.required("version", "The version that was shown is missing."),
        who.name(),
        door.teamsOf(who),
        form.required("reason", "Say why: it goes on the record."));
  }
}
