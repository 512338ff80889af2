package dev.firebreak.web;

import dev.firebreak.access.TokenDesk;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The one-time set-up. */
@Path("/setup")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class SetupPage {
  private static final int PATIENCE_SECONDS = 10;

  private final Pages pages;
  private final Door door;

  SetupPage(Pages pages, Door door) {
    this.pages = pages;
    this.door = door;
  }

  record Setup(boolean open, String key, String wrong, String name) {}

  record Issued(String name, String token) {}

  /**
   * The form that makes the first admin token. To look at it uses nothing up.
   *
   * @param code of the link
   */
  @GET
  @Open
  public Response setup(
      @Context ContainerRequestContext request, @QueryParam("code") @DefaultValue("") String code) {
    return pages.attempt(request, () -> pages.show(request, setup(code, "", "")));
  }

  private Sheet setup(String code, String wrong, String name) {
    boolean open = door.setup().isOpen(code);
    return new Sheet("setup", "Set-up", "", null, new Setup(open, code, wrong, name));
  }

  /** Makes it, and shows it once. */
  @POST
  @Open
  public Response begin(
      @Context ContainerRequestContext request, MultivaluedMap<String, String> fields) {
    return pages.attempt(
        request,
        () -> {
          Form form = Form.ofStranger(fields);
          String name = form.optional("name");
          String code = form.optional("code");
          try {
            Optional<TokenDesk.Issued> issued =
                door.setup().use(code, name).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return pages.show(
                request,
                issued.map(token -> issued(token, name)).orElseGet(() -> setup(code, "", name)));
          } catch (IllegalArgumentException e) {
            return pages.show(request, setup(code, String.valueOf(e.getMessage()), name));
          }
        });
  }

  private static Sheet issued(TokenDesk.Issued issued, String name) {
    return new Sheet("issued", "Your token", "", null, new Issued(name, issued.secret()));
  }
}
