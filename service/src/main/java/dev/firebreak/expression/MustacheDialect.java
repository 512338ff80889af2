package dev.firebreak.expression;

import com.github.mustachejava.Code;
import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.DefaultMustacheVisitor;
import com.github.mustachejava.MustacheException;
import com.github.mustachejava.MustacheResolver;
import com.github.mustachejava.MustacheVisitor;
import com.github.mustachejava.TemplateContext;
import java.io.Writer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Mustache.java with everything taken out that reads files, calls methods or runs twice. */
final class MustacheDialect extends DefaultMustacheFactory {
  static final String NAME = "template";

  private static final MustacheResolver NO_FILES =
      name -> {
        throw new ExpressionException("partials are not allowed");
      };

  private final String source;
  private final Escape escape;
  private final @Nullable Shape shape;
  private int visitors;

  MustacheDialect(String source, Escape escape, @Nullable Shape shape) {
    super(NO_FILES);
    this.source = source;
    this.escape = escape;
    this.shape = shape;
    setObjectHandler(new MapsOnly());
  }

  @Override
  public MustacheVisitor createMustacheVisitor() {
    return new Visitor(visitors++ == 0);
  }

  @Override
  public void encode(String value, Writer writer) {
    throw new IllegalStateException("values are written by Variable");
  }

  void write(String name, Object value, Writing writing) {
    try {
      writing.write(Escaping.escape(Scalars.text(value), escape, writing));
    } catch (IllegalArgumentException e) {
      throw new ExpressionException(name + " " + e.getMessage(), e);
    }
  }

  /** An error with the place of an offset. */
  static ExpressionException at(String source, int offset, String what, String advice) {
    int line = (int) source.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    int column = offset - source.lastIndexOf('\n', Math.max(0, offset - 1));
    return new ExpressionException(what, line, offset == 0 ? 1 : column, advice);
  }

  static ExpressionException reword(MustacheException e, String source) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ExpressionException named) {
        return named;
      }
    }
    String what =
        String.valueOf(e.getMessage())
            .replaceAll("\\s*@?\\[template:\\d+\\]", "")
            .replaceAll("^Failed to close '(.*)' tag$", "the section '$1' is never closed");
    TemplateContext context = e.getContext();
    int line = context == null ? 1 : Math.min(context.line(), (int) source.lines().count());
    return new ExpressionException(what, Math.max(1, line), 1, "");
  }

  private void check(String name, boolean outside, boolean variable) {
    if (name.isBlank() || name.startsWith("*")) {
      throw at(source, offset(name), "a variable needs a name", "");
    }
    List<String> path = List.of(name.split("\\.", -1));
    if (shape == null
        || name.equals(".")
        || !(outside || shape.at(path.subList(0, 1)).isPresent())) {
      return;
    }
    shape
        .fault(path)
        .ifPresent(
            fault -> {
              throw at(source, offset(name), fault.what(), fault.advice());
            });
    if (variable && shape.at(path).filter(Shape.Fields.class::isInstance).isPresent()) {
      throw at(source, offset(name), name + " is a mapping, not a text", "name one of its fields");
    }
  }

  private int offset(String name) {
    Matcher tag =
        Pattern.compile("\\{\\{\\s*[#^]?\\s*" + Pattern.quote(name) + "\\s*}}").matcher(source);
    return tag.find() ? tag.start() : Math.max(0, source.indexOf("{{"));
  }

  /** Builds the codes of a template, ours instead of the library's where values are read. */
  private final class Visitor extends DefaultMustacheVisitor {
    private final boolean outermost;

    Visitor(boolean outermost) {
      super(MustacheDialect.this);
      this.outermost = outermost;
    }

    private void add(Code code) {
      list.add(code);
    }

    @Override
    public void value(TemplateContext context, String variable, boolean encoded) {
      if (!encoded) {
        throw new ExpressionException("a variable cannot be written unescaped");
      }
      check(variable, outermost, true);
      add(new MustacheCodes.Variable(context, MustacheDialect.this, variable));
    }

    @Override
    public void iterable(
        TemplateContext context, String variable, com.github.mustachejava.Mustache body) {
      check(variable, outermost, false);
      add(new MustacheCodes.Section(context, MustacheDialect.this, body, variable));
    }

    @Override
    public void notIterable(
        TemplateContext context, String variable, com.github.mustachejava.Mustache body) {
      check(variable, outermost, false);
      add(new MustacheCodes.Inverted(context, MustacheDialect.this, body, variable));
    }

    @Override
    public void partial(TemplateContext context, String variable, String indent) {
      throw new ExpressionException("partials are not allowed");
    }

    @Override
    public void dynamicPartial(TemplateContext context, String variable, String indent) {
      throw new ExpressionException("partials are not allowed");
    }

    @Override
    public void extend(
        TemplateContext context, String variable, com.github.mustachejava.Mustache body) {
      throw new ExpressionException("partials are not allowed");
    }

    @Override
    public void name(
        TemplateContext context, String variable, com.github.mustachejava.Mustache body) {
      throw new ExpressionException("blocks are not allowed");
    }

    @Override
    public void pragma(TemplateContext context, String pragma, String arguments) {
      throw new ExpressionException("pragmas are not allowed");
    }
  }
}
