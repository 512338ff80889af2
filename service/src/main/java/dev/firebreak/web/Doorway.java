package dev.firebreak.web;

import dev.firebreak.access.Role;
import dev.firebreak.access.SessionDesk;
import dev.firebreak.core.StoreUnavailable;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who has a session and the role the page needs, before anything of the page is looked at.
 * Forms sent from another site are turned away whoever sends them.
 */
final class Doorway implements ContainerRequestFilter {
  private final Door door;
  private final Pages pages;
  private final @Nullable Role role;

  /**
   * Guards one method.
   *
   * @param role what it needs; null when it is open to anybody
   */
  Doorway(Door door, Pages pages, @Nullable Role role) {
    this.door = door;
    this.pages = pages;
    this.role = role;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    refuse(request).ifPresent(request::abortWith);
  }

  private Optional<Response> refuse(ContainerRequestContext request) {
    if (!Visit.reading(request) && Visit.foreign(request)) {
      return Optional.of(pages.fault(request, Fault.FOREIGN));
    }
    if (role == null) {
      return Optional.empty();
    }
    try {
      return welcome(request, role);
    } catch (StoreUnavailable e) {
      return Optional.of(pages.fault(request, Fault.of(e)));
    }
  }

  private Optional<Response> welcome(ContainerRequestContext request, Role needed) {
    Cookie sent = request.getCookies().get(SessionDesk.COOKIE);
    String cookie = sent == null ? "" : sent.getValue();
    Optional<SessionDesk.Current> session = door.sessions().current(cookie);
    if (session.isEmpty()) {
      return Optional.of(stranger(request));
    }
    Visit visit = Visit.admit(request, session.get(), cookie);
    return visit.who().may(needed)
        ? Optional.empty()
        : Optional.of(pages.fault(request, Fault.role(visit.who(), needed)));
  }

  /**
   * A link in a mail or chat comes without the cookie, because the cookie is same-site only; one
   * step over a page of ours brings it along to the login, which then sends its owner on.
   */
  private Response stranger(ContainerRequestContext request) {
    String path = request.getUriInfo().getRequestUri().getRawPath();
    if (path.equals("/events")) {
      return Response.status(Response.Status.UNAUTHORIZED).build();
    }
    boolean reading = Visit.reading(request);
    String next =
        reading && !path.equals("/")
            ? "?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8)
            : "";
    return reading && !Visit.domestic(request)
        ? pages.bounce(request, "/login" + next)
        : Response.seeOther(URI.create("/login" + next)).build();
  }
}
