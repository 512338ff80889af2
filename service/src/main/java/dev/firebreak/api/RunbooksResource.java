package dev.firebreak.api;

import dev.firebreak.access.Roles;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Runbooks;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Comparator;

/** Runbooks in force: to read; and a text that may become one: to check. */
@Path("/api/v1/runbooks")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
public final class RunbooksResource {
  private static final int LARGEST = 1024 * 1024;

  private final Runbooks runbooks;
  private final ApiDesks.RunbookCheck check;

  RunbooksResource(Runbooks runbooks, ApiDesks.RunbookCheck check) {
    this.runbooks = runbooks;
    this.check = check;
  }

  @GET
  public Page<RunbookDoc> list() {
    return new Page<>(
        runbooks.current().stream()
            .sorted(Comparator.comparing(Runbook::name))
            .map(RunbookDoc::line)
            .toList(),
        null);
  }

  @GET
  @Path("/{name}")
  public RunbookDoc get(@PathParam("name") String name) {
    return RunbookDoc.whole(
        runbooks.current(name).orElseThrow(() -> Refusals.notFound("runbook", name)));
  }

  @POST
  @Path("/validate")
  @Consumes({"application/yaml", "application/x-yaml", "text/yaml", "text/plain"})
  public RunbookDoc.CheckDoc validate(InputStream body) {
    String text = Body.text(body, LARGEST);
    return RunbookDoc.CheckDoc.of(check.check("runbook.yaml", text));
  }
}
