package dev.firebreak.web;

import dev.firebreak.access.SessionDesk;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.NewCookie;

/**
 * The cookie of a session: for this site only, unseen by scripts, by https where there is https.
 */
final class SessionCookie {
  private SessionCookie() {}

  static NewCookie set(Door door, ContainerRequestContext request, String value) {
    return of(door, request, value, (int) SessionDesk.LASTS.toSeconds());
  }

  static NewCookie clear(Door door, ContainerRequestContext request) {
    return of(door, request, "", 0);
  }

  private static NewCookie of(
      Door door, ContainerRequestContext request, String value, int seconds) {
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
}
