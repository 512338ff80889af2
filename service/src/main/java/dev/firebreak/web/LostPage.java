package dev.firebreak.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Addresses where nothing lives, for people; machines get the answer of the interface. */
@Path("/{path: .+}")
public final class LostPage {
  private final Pages pages;

  LostPage(Pages pages) {
    this.pages = pages;
  }

  /** Says so. */
  @GET
  @Open
  public Response lost(@Context ContainerRequestContext request, @PathParam("path") String path) {
    if (path.matches("(api|webhooks|artifacts)(/.*)?")) {
      throw new NotFoundException("nothing lives at /" + path);
    }
    return pages.fault(request, Fault.NO_PAGE);
  }
}
