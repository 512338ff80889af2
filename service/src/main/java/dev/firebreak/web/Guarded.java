package dev.firebreak.web;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;

/** Puts the doorway before every method of this room; one that names no role does not start. */
final class Guarded implements DynamicFeature {
  private final Door door;
  private final Pages pages;

  Guarded(Door door, Pages pages) {
    this.door = door;
    this.pages = pages;
  }

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    if (!resource.getResourceClass().getPackage().equals(Guarded.class.getPackage())) {
      return;
    }
    Method method = resource.getResourceMethod();
    Needs needs = method.getAnnotation(Needs.class);
    if ((needs == null) == (method.getAnnotation(Open.class) == null)) {
      throw new IllegalStateException(method + " must be either @Needs(role) or @Open");
    }
    context.register(
        new Doorway(door, pages, needs == null ? null : needs.value()), Priorities.AUTHENTICATION);
    context.register(new PageHeaders());
  }
}
