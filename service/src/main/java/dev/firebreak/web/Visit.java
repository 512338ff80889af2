package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.SessionDesk;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request of somebody who was let in.
 *
 * @param who with the roles of this moment
 * @param session knows what the forms of this session carry
 * @param cookie the session's cookie
 */
record Visit(Principal who, SessionDesk.Current session, String cookie) {
  private static final String PROPERTY = Visit.class.getName();

  static Visit admit(ContainerRequestContext request, SessionDesk.Current session, String cookie) {
    Visit visit = new Visit(session.principal(), session, cookie);
    request.setProperty(PROPERTY, visit);
    return visit;
  }

  /** The visit the doorway let in. */
  static Visit of(ContainerRequestContext request) {
    return known(request)
        .orElseThrow(() -> new IllegalStateException("a page was reached past the doorway"));
  }

  static Optional<Visit> known(ContainerRequestContext request) {
    return Optional.ofNullable((Visit) request.getProperty(PROPERTY));
  }

  /** Whether the request cannot change anything. */
  static boolean reading(ContainerRequestContext request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  /** Whether the browser says that another site sent this. */
  static boolean foreign(ContainerRequestContext request) {
    String site = request.getHeaderString("Sec-Fetch-Site");
    if (site != null) {
      return !site.equals("same-origin") && !site.equals("none");
    }
    return otherOrigin(request.getHeaderString("Origin"), request.getHeaderString("Host"));
  }

  /** Whether the browser says that the cookie came along if there is one. */
  static boolean domestic(ContainerRequestContext request) {
    String site = request.getHeaderString("Sec-Fetch-Site");
    return site != null && (site.equals("same-origin") || site.equals("none"));
  }

  private static boolean otherOrigin(@Nullable String origin, @Nullable String host) {
    if (origin == null) {
      return false;
    }
    try {
      return !String.valueOf(URI.create(origin).getAuthority()).equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
