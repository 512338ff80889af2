package dev.firebreak.expression;

import com.github.mustachejava.Binding;
import com.github.mustachejava.Code;
import com.github.mustachejava.TemplateContext;
import com.github.mustachejava.reflect.AbstractObjectHandler;
import com.github.mustachejava.util.Wrapper;
import java.util.List;

/** Iterates over lists and decides what is false; looks nothing up by itself. */
final class MapsOnly extends AbstractObjectHandler {
  @Override
  public Wrapper find(String name, List<Object> scopes) {
    throw new ExpressionException("'" + name + "' cannot be looked up");
  }

  @Override
  public Binding createBinding(String name, TemplateContext context, Code code) {
    return scopes -> {
      throw new ExpressionException("'" + name + "' cannot be looked up");
    };
  }
}
