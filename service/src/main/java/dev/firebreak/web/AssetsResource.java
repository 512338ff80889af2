package dev.firebreak.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Hands style, script and icon out. */
@Path("/assets/{hash}/{name}")
public final class AssetsResource {
  private final Assets assets;
  private final Pages pages;

  AssetsResource(Assets assets, Pages pages) {
    this.assets = assets;
    this.pages = pages;
  }

  /** One file; its address never changes its meaning, so browsers keep it. */
  @GET
  @Open
  public Response file(
      @Context ContainerRequestContext request,
      @PathParam("hash") String hash,
      @PathParam("name") String name) {
    return assets
        .find(name)
        .filter(asset -> asset.hash().equals(hash))
        .map(
            asset ->
                Response.ok(asset.content(), asset.type())
                    .header("Cache-Control", "public, max-age=31536000, immutable")
                    .build())
        .orElseGet(() -> pages.fault(request, Fault.NO_PAGE));
  }
}
