package dev.firebreak.web;

import dev.firebreak.access.Role;
import dev.firebreak.access.SessionDesk;
import dev.firebreak.access.TokenDesk;
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
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Coming in, going out, and the one-time set-up. */
@Path("/")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class DoorPage {
  private static final int PATIENCE_SECONDS = 10;

  private final Pages pages;
  private final Door door;

  DoorPage(Pages pages, Door door) {
    this.pages = pages;
    this.door = door;
  }

  record Login(String next, boolean wrong) {}

  record Setup(boolean open, String key, String wrong, String name) {}

  record Issued(String name, String token) {}

  /**
   * The form for a token.
   *
   * @param next where to go afterwards
   */
  @GET
  @Path("login")
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
  @Path("login")
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
        .cookie(cookie(request, session.cookie(), (int) SessionDesk.LASTS.toSeconds()))
        .build();
  }

  private NewCookie cookie(ContainerRequestContext request, String value, int seconds) {
    boolean secure =
        door.https() || "https".equals(request.getUriInfo().getRequestUri().getScheme());
    return new NewCookie.Builder(SessionDesk.COOKIE)
        .value(value)
        .path("/")
        .maxAge(seconds)
        .httpOnly(true)
        .secure(secure)
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }

  /** Ends the session. */
  @POST
  @Path("logout")
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
              .cookie(cookie(request, "", 0))
              .build();
        });
  }

  /**
   * The form that makes the first admin token. To look at it uses nothing up.
   *
   * @param code of the link
   */
  @GET
  @Path("setup")
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
  @Path("setup")
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
