package dev.firebreak.web;

import dev.firebreak.access.Role;
import dev.firebreak.core.Durations;
import dev.firebreak.guard.LimitDesk;
import dev.firebreak.guard.Locks;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is left of the limits, and who has or waits for which target. */
@Path("/limits")
public final class LimitsPage {
  private final Pages pages;
  private final LimitDesk desk;
  private final InstantSource clock;

  LimitsPage(Pages pages, LimitDesk desk, InstantSource clock) {
    this.pages = pages;
    this.desk = desk;
    this.clock = clock;
  }

  record View(List<Row> rows, List<Lock> locks, boolean free) {}

  record Row(Badge left, String what, String used, Times.@Nullable When room) {}

  record Lock(
      String target, @Nullable String run, Times.@Nullable When since, List<Place> waiting) {}

  record Place(String run, String step, String gives) {}

  /** How they stand. */
  @GET
  @Needs(Role.VIEWER)
  public Response show(@Context ContainerRequestContext request) {
    return pages.show(
        request,
        tx ->
            new Sheet(
                "limits",
                "Limits",
                "/automation",
                "/events",
                view(desk.limits(tx), desk.locks(tx))));
  }

  private View view(List<LimitDesk.Standing> limits, List<Locks.Line> lines) {
    Times times = new Times(clock.instant());
    return new View(
        limits.stream().map(one -> row(one, times)).toList(),
        lines.stream().map(line -> lock(line, times)).toList(),
        lines.isEmpty());
  }

  private static Row row(LimitDesk.Standing limit, Times times) {
    int left = limit.left();
    String tone = left == 0 ? "bad" : limit.used() > left ? "warn" : "good";
    return new Row(
        new Badge(tone, left + " left"),
        switch (limit.what().level()) {
          case GLOBAL -> "all runbooks together";
          case FIX -> limit.what().name();
          default -> limit.what().level().asText() + " " + limit.what().name();
        },
        "%d of %d within %s"
            .formatted(limit.used(), limit.window().max(), Durations.text(limit.window().per())),
        times.whenKnown(limit.free()));
  }

  private static Lock lock(Locks.Line line, Times times) {
    return new Lock(
        line.target(),
        line.holder(),
        times.whenKnown(line.since()),
        line.places().stream()
            .map(
                place ->
                    new Place(
                        place.runId(),
                        place.stepId(),
                        place.supersedes() ? "gives way to newer ones" : ""))
            .toList());
  }
}
