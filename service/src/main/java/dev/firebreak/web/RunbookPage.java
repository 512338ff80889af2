package dev.firebreak.web;

import dev.firebreak.access.Role;
import dev.firebreak.core.Durations;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.expression.Template;
import dev.firebreak.runbook.Approve;
import dev.firebreak.runbook.Limit;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Runbooks;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.Step;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The runbooks in force. */
@Path("/runbooks")
public final class RunbookPage {
  private static final int SOURCE = 30_000;
  private static final int VERSION = 12;

  private final Pages pages;
  private final Runbooks runbooks;

  RunbookPage(Pages pages, Runbooks runbooks) {
    this.pages = pages;
    this.runbooks = runbooks;
  }

  record Shelf(List<Row> rows, boolean empty) {}

  record Row(String name, String title, String owner, String fixes, String trigger) {}

  record Book(
      String name,
      String title,
      String owner,
      String version,
      String trigger,
      String incident,
      String onResolve,
      List<Look> diagnose,
      boolean anyDiagnose,
      List<Fix> ladder,
      boolean anyLadder,
      String escalate,
      List<Look> conclude,
      boolean anyConclude,
      Excerpt source) {}

  record Look(String id, String name, String action, String when, String needs) {}

  record Fix(
      String id,
      String name,
      String action,
      String when,
      List<String> targets,
      String limit,
      String cooldown,
      String approve,
      String verify,
      String undo,
      boolean idempotent) {}

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
          return new Sheet("runbook", book.title(), "/runbooks", null, book(book));
        });
  }

  private static Book book(Runbook book) {
    return new Book(
        book.name(),
        book.title(),
        book.owner(),
        book.version().substring(0, Math.min(VERSION, book.version().length())),
        book.on().alert().source(),
        book.on().incident().source(),
        switch (book.on().onResolve()) {
          case CANCEL -> "pending changes are withdrawn";
          case CONTINUE -> "the run goes on";
        },
        book.diagnose().stream().map(RunbookPage::look).toList(),
        !book.diagnose().isEmpty(),
        book.remediate().stream().map(RunbookPage::fix).toList(),
        !book.remediate().isEmpty(),
        book.escalate() == null ? "" : book.escalate().to(),
        book.conclude().stream().map(RunbookPage::look).toList(),
        !book.conclude().isEmpty(),
        Excerpt.of(book.source(), SOURCE));
  }

  private static Look look(Step step) {
    return new Look(
        step.id(),
        step.name(),
        step.call().action(),
        step.when() == null ? "" : step.when().source(),
        String.join(", ", step.needs()));
  }

  private static Fix fix(Rung rung) {
    return new Fix(
        rung.id(),
        rung.name(),
        rung.change().action(),
        rung.when() == null ? "" : rung.when().source(),
        rung.targets().stream().map(Template::source).toList(),
        limit(rung),
        rung.cooldown().equals(Duration.ZERO) ? "" : Durations.text(rung.cooldown()),
        approve(rung),
        verify(rung),
        rung.undo() == null ? "nothing to take back" : rung.undo().action(),
        rung.idempotent());
  }

  private static String limit(Rung rung) {
    Limit limit = rung.limit();
    if (limit == null) {
      return "none of its own";
    }
    String over = limit.over() == Limit.Over.ASK ? ", then people are asked" : ", then refused";
    return "%d per %s for one target%s".formatted(limit.max(), Durations.text(limit.per()), over);
  }

  private static String approve(Rung rung) {
    Approve approve = rung.approve();
    if (approve == null) {
      return "";
    }
    String when = approve.when() == null ? "always" : "when " + approve.when().source();
    String walks =
        approve.then().stream()
            .map(names -> ", then " + String.join(", ", names))
            .collect(Collectors.joining());
    return "%s: %d of %s%s, each within %s"
        .formatted(
            when,
            approve.quorum(),
            String.join(", ", approve.by()),
            walks,
            Durations.text(approve.within()));
  }

  private static String verify(Rung rung) {
    if (rung.verify() == null) {
      return "";
    }
    String expect =
        rung.verify().expect() == null ? "" : " expects " + rung.verify().expect().source();
    return "%s%s, within %s"
        .formatted(rung.verify().call().action(), expect, Durations.text(rung.verify().within()));
  }
}
