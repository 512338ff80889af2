package dev.firebreak.api;

import dev.firebreak.access.Role;
import dev.firebreak.access.SessionDesk;
import dev.firebreak.access.TokenDesk;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a door before every resource method of this room. A method that does not say who may call it
 * is closed to everybody.
 */
final class AccessFeature implements DynamicFeature {
  private final TokenDesk tokens;
  private final SessionDesk sessions;

  /** Stands for the request of the moment, whoever asks. */
  @Context private @Nullable HttpServletRequest servletRequest;

  AccessFeature(TokenDesk tokens, SessionDesk sessions) {
    this.tokens = tokens;
    this.sessions = sessions;
  }

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    Class<?> type = resource.getResourceClass();
    if (type.getPackage().equals(AccessFeature.class.getPackage())) {
      rule(resource.getResourceMethod(), type)
          .ifPresent(roles -> context.register(door(roles), Priorities.AUTHENTICATION));
    }
  }

  private Door door(List<Role> roles) {
    return new Door(roles, new Identification(tokens, sessions, this::address));
  }

  private String address() {
    HttpServletRequest request = servletRequest;
    return request == null ? "" : String.valueOf(request.getRemoteAddr());
  }

  /** Who may call a method: these roles, nobody when none, anybody when empty. */
  static Optional<List<Role>> rule(AnnotatedElement method, AnnotatedElement type) {
    for (AnnotatedElement element : List.of(method, type)) {
      RolesAllowed allowed = element.getAnnotation(RolesAllowed.class);
      if (allowed != null) {
        return Optional.of(Arrays.stream(allowed.value()).map(Role::parse).toList());
      }
      if (element.isAnnotationPresent(PermitAll.class)) {
        return Optional.empty();
      }
    }
    return Optional.of(List.of());
  }
}
