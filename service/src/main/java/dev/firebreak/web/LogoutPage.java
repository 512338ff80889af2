package dev.firebreak.web;

import dev.firebreak.access.Role;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Going out. */
@Path("/logout")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class LogoutPage {
  private static final int PATIENCE_SECONDS = 10;

  private final Pages pages;
  private final Door door;

  LogoutPage(Pages pages, Door door) {
    this.pages = pages;
    this.door = door;
  }

  /** Ends the session. */
  @POST
  @Needs(Role.VIEWER)
  public Response leave(
      @Context ContainerRequestContext request, MultivaluedMap<String, String> fields) {
    return pages.attempt(
        request,
        () -> {
          Visit visit = Visit.of(request);
          Form unused = Form.of(visit, fields);
          boolean closed =
              door.sessions().close(visit.cookie()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
          return Response.seeOther(URI.create(closed ? "/login?said=goodbye" : "/login"))
              .cookie(SessionCookie.clear(door, request))
              .build();
        });
  }
}
