package dev.firebreak.api;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in who is known and has one of the roles, or a higher one. */
final class Door implements ContainerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);

  private final List<Role> roles;
  private final Identification identification;

  Door(List<Role> roles, Identification identification) {
    this.roles = List.copyOf(roles);
    this.identification = identification;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Principal principal = identification.of(request).orElseThrow(Refusals::unauthenticated);
    if (roles.stream().noneMatch(principal::may)) {
      LOG.warn(
          "{} may not {} {}",
          principal.name(),
          request.getMethod(),
          request.getUriInfo().getRequestUri().getRawPath());
      throw Refusals.forbidden(
          "This needs the role %s. You are %s, with %s."
              .formatted(
                  names(roles),
                  principal.name(),
                  names(principal.roles().stream().sorted().toList())));
    }
    boolean secure = request.getSecurityContext().isSecure();
    request.setSecurityContext(new Caller(principal, secure));
  }

  private static String names(List<Role> roles) {
    return roles.isEmpty()
        ? "nobody has"
        : roles.stream().map(Role::asText).collect(Collectors.joining(" or "));
  }
}
