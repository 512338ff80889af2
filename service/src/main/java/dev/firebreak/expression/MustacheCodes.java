package dev.firebreak.expression;

import com.github.mustachejava.TemplateContext;
import com.github.mustachejava.codes.IterableCode;
import com.github.mustachejava.codes.NotIterableCode;
import com.github.mustachejava.codes.ValueCode;
import java.io.Writer;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of a template that read values. */
final class MustacheCodes {
  private MustacheCodes() {}

  /** {@code {{name}}}: must be there, and be a single value. */
  static final class Variable extends ValueCode {
    private final MustacheDialect dialect;
    private final String variable;

    Variable(TemplateContext context, MustacheDialect dialect, String variable) {
      super(context, dialect, variable, true);
      this.dialect = dialect;
      this.variable = variable;
    }

    @Override
    public Writer execute(Writer writer, List<Object> scopes) {
      Object value = Names.find(variable, scopes);
      if (value == null) {
        throw new ExpressionException(variable + " is missing");
      }
      dialect.write(variable, value, (Writing) writer);
      return appendText(writer);
    }
  }

  /** {@code {{#name}}}: may be absent, which is false. */
  static final class Section extends IterableCode {
    private final String variable;

    Section(
        TemplateContext context,
        MustacheDialect dialect,
        com.github.mustachejava.Mustache body,
        String variable) {
      super(context, dialect, body, variable);
      this.variable = variable;
    }

    @Override
    public Writer execute(Writer writer, List<Object> scopes) {
      ((Writing) writer).section();
      return super.execute(writer, scopes);
    }

    @Override
    public @Nullable Object get(List<Object> scopes) {
      return truthy(Names.find(variable, scopes));
    }
  }

  /** {@code {{^name}}}. */
  static final class Inverted extends NotIterableCode {
    private final String variable;

    Inverted(
        TemplateContext context,
        MustacheDialect dialect,
        com.github.mustachejava.Mustache body,
        String variable) {
      super(context, dialect, body, variable);
      this.variable = variable;
    }

    @Override
    public @Nullable Object get(List<Object> scopes) {
      return truthy(Names.find(variable, scopes));
    }
  }

  /** JSON values only; empty mappings are false, as empty lists and texts are. */
  private static @Nullable Object truthy(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Map<?, ?> map -> map.isEmpty() ? null : map;
      case List<?> list -> list;
      case String text -> text;
      case Boolean flag -> flag;
      case Number number -> number;
      case Iterator<?> iterator -> throw new ExpressionException("an iterator is no JSON value");
      default ->
          throw new ExpressionException(
              "a " + value.getClass().getSimpleName() + " is no JSON value");
    };
  }
}
