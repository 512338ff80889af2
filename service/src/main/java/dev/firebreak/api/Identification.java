package dev.firebreak.api;

import dev.firebreak.access.Principal;
import dev.firebreak.access.SessionDesk;
import dev.firebreak.access.TokenDesk;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who sends a request: by a bearer token, or by the console's session. A header, good or
 * bad, is the only word that counts; the cookie is looked at when there is none.
 */
final class Identification {
  private static final String SCHEME = "bearer ";
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final Set<String> OURS = Set.of("same-origin", "none");

  private final TokenDesk tokens;
  private final SessionDesk sessions;
  private final Supplier<String> address;

  Identification(TokenDesk tokens, SessionDesk sessions, Supplier<String> address) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.address = address;
  }

  Optional<Principal> of(ContainerRequestContext request) {
    String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    return header == null ? bySession(request) : byToken(header);
  }

  private Optional<Principal> byToken(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? tokens.authenticate(header.substring(SCHEME.length()).strip(), address.get())
        : Optional.empty();
  }

  private Optional<Principal> bySession(ContainerRequestContext request) {
    Cookie cookie = request.getCookies().get(SessionDesk.COOKIE);
    Optional<SessionDesk.Current> session =
        cookie == null ? Optional.empty() : sessions.current(cookie.getValue());
    if (session.isPresent() && !READING.contains(request.getMethod())) {
      checkOrigin(request, session.get());
    }
    return session.map(SessionDesk.Current::principal);
  }

  private static void checkOrigin(ContainerRequestContext request, SessionDesk.Current session) {
    String site = request.getHeaderString("Sec-Fetch-Site");
    String csrf = request.getHeaderString(SessionDesk.CSRF_HEADER);
    if (foreign(site) || csrf == null || !session.knows(csrf)) {
      throw Refusals.forbidden(
          "A change in a browser session must come from a page of Firebreak, with its "
              + SessionDesk.CSRF_HEADER
              + " header. Scripts send a bearer token instead.");
    }
  }

  private static boolean foreign(@Nullable String site) {
    return site != null && !OURS.contains(site);
  }
}
