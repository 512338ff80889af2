package dev.firebreak.access;

import dev.firebreak.core.Actor;
import java.util.Set;

/**
 * Somebody whose token or session was checked for this request.
 *
 * @param name the person's or machine's name: the token's name
 * @param roles as they are now, not as they were at login
 * @param session the session's id when it came by a browser, empty when it came by a token
 */
public record Principal(String name, Set<Role> roles, String session)
    implements java.security.Principal {
  public Principal {
    roles = Set.copyOf(roles);
  }

  @Override
  public String getName() {
    return name;
  }

  /** Whether one of the roles is this one or a higher one. */
  public boolean may(Role role) {
    return roles.stream().anyMatch(held -> held.compareTo(role) >= 0);
  }

  /** As the journal names it. */
  public Actor actor() {
    return Actor.person(name);
  }
}
