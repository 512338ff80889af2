package dev.firebreak.api;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import jakarta.ws.rs.core.SecurityContext;

/** Whoever was let in to a resource method. */
record Caller(Principal principal, boolean isSecure) implements SecurityContext {
  /** Who called; only for methods that need a role. */
  static Principal of(SecurityContext context) {
    if (context.getUserPrincipal() instanceof Principal principal) {
      return principal;
    }
    throw Refusals.unauthenticated();
  }

  @Override
  public Principal getUserPrincipal() {
    return principal;
  }

  @Override
  public boolean isUserInRole(String role) {
    return principal.may(Role.parse(role));
  }

  @Override
  public String getAuthenticationScheme() {
    return principal.session().isEmpty() ? "Bearer" : "Session";
  }
}
