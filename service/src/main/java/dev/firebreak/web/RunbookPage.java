package dev.firebreak.web;

import dev.firebreak.access.Role;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Runbooks;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;

/** The runbooks in force. */
@Path("/runbooks")
public final class RunbookPage {
  private final Pages pages;
  private final Runbooks runbooks;

  RunbookPage(Pages pages, Runbooks runbooks) {
    this.pages = pages;
    this.runbooks = runbooks;
  }

  record Shelf(List<Row> rows, boolean empty) {}

  record Row(String name, String title, String owner, String fixes, String trigger) {}

  /** All of them. */
  @GET
  @Needs(Role.VIEWER)
  public Response list(@Context ContainerRequestContext request) {
    List<Row> rows =
        runbooks.current().stream()
            .sorted(Comparator.comparing(Runbook::name))
            .map(
                book ->
                    new Row(
                        book.name(),
                        book.title(),
                        book.owner(),
                        Integer.toString(book.remediate().size()),
                        Excerpt.line(book.on().alert().source(), 160)))
            .toList();
    return pages.show(
        request,
        tx ->
            new Sheet("runbooks", "Runbooks", "/runbooks", null, new Shelf(rows, rows.isEmpty())));
  }

  /** One. */
  @GET
  @Path("/{name}")
  @Needs(Role.VIEWER)
  public Response show(@Context ContainerRequestContext request, @PathParam("name") String name) {
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
          return new Sheet("runbook", book.title(), "/runbooks", null, RunbookView.of(book));
        });
  }
}
