package dev.firebreak.web;

import dev.firebreak.access.SessionDesk;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Coming in. */
@Path("/login")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class LoginPage {
  private static final int PATIENCE_SECONDS = 10;

  private final Pages pages;
  private final Door door;

  LoginPage(Pages pages, Door door) {
    this.pages = pages;
    this.door = door;
  }

  record Login(String next, boolean wrong) {}

  /**
   * The form for a token.
   *
   * @param next where to go afterwards
   */
  @GET
  @Open
  public Response login(
      @Context ContainerRequestContext request,
      @QueryParam("next") @DefaultValue("/") String next) {
    return pages.attempt(
        request,
        () ->
            signedIn(request)
                ? Response.seeOther(URI.create(Address.next(next))).build()
                : pages.show(request, login(next, false)));
  }

  private boolean signedIn(ContainerRequestContext request) {
    Cookie cookie = request.getCookies().get(SessionDesk.COOKIE);
    return cookie != null && door.sessions().current(cookie.getValue()).isPresent();
  }

  private static Sheet login(String next, boolean wrong) {
    return new Sheet("login", "Sign in", "", null, new Login(Address.next(next), wrong));
  }

  /** Opens a session. */
  @POST
  @Open
  public Response enter(
      @Context ContainerRequestContext request,
      @Context HttpServletRequest servlet,
      MultivaluedMap<String, String> fields) {
    return pages.attempt(
        request,
        () -> {
          Form form = Form.ofStranger(fields);
          String next = Address.next(form.optional("next"));
          Optional<SessionDesk.Opened> opened =
              door.sessions()
                  .open(form.optional("token"), servlet.getRemoteAddr())
                  .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
          return opened
              .map(session -> welcome(request, session, next))
              .orElseGet(() -> pages.show(request, login(next, true)));
        });
  }

  private Response welcome(
      ContainerRequestContext request, SessionDesk.Opened session, String next) {
    return Response.seeOther(URI.create(next))
        .cookie(SessionCookie.set(door, request, session.cookie()))
        .build();
  }
}
