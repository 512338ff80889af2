package dev.firebreak.web;

import com.github.mustachejava.Binding;
import com.github.mustachejava.Code;
import com.github.mustachejava.MustacheException;
import com.github.mustachejava.TemplateContext;
import com.github.mustachejava.reflect.AbstractObjectHandler;
import com.github.mustachejava.util.Wrapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/**
 * Looks names up in maps only: no method of any object can be reached from a template, and a name
 * that nobody gave is an error instead of an empty place.
 */
@NullUnmarked
final class PlainScopes extends AbstractObjectHandler {
  @Override
  public Wrapper find(String name, List<Object> scopes) {
    return at -> value(name, at);
  }

  @Override
  public Binding createBinding(String name, TemplateContext context, Code code) {
    return scopes -> value(name, scopes);
  }

  @Override
  public Object coerce(Object value) {
    return value;
  }

  private static Object value(String name, List<Object> scopes) {
    if (name.equals(".")) {
      return scopes.getLast();
    }
    String[] path = name.split("\\.");
    for (Object scope : scopes.reversed()) {
      if (scope instanceof Map<?, ?> map && map.containsKey(path[0])) {
        return below(map.get(path[0]), path, name);
      }
    }
    throw new MustacheException("nobody gave the template '" + name + "'");
  }

  private static Object below(Object value, String[] path, String name) {
    Object found = value;
    for (int i = 1; i < path.length; i++) {
      if (!(found instanceof Map<?, ?> map) || !map.containsKey(path[i])) {
        throw new MustacheException("nobody gave the template '" + name + "'");
      }
      found = map.get(path[i]);
    }
    return found;
  }
}
