package dev.firebreak.expression;

import com.github.mustachejava.MustacheException;
import java.io.StringReader;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compiles templates: Mustache without partials, lambdas, inheritance, pragmas, other delimiters
 * and unescaped variables.
 */
public final class Mustache {
  private static final int LONGEST = 200_000;
  private static final int DEEPEST = 20;
  private static final Pattern TAG = Pattern.compile("\\{\\{\\s*([#^/=&{<>$%!]?)\\s*([^}]*)");

  private Mustache() {}

  /**
   * Compiles a template without partials.
   *
   * @throws ExpressionException when it is not one
   */
  public static Template compile(String source, Escape escape) {
    return compile(source, escape, null);
  }

  /**
   * Compiles a template without partials, and checks the names it uses.
   *
   * @param scope the names there are, null when they are not known yet
   * @throws ExpressionException when it is not one, or uses a name that cannot be there; the
   *     message gives the column and a suggestion
   */
  public static Template compile(String source, Escape escape, @Nullable Scope scope) {
    refuse(source);
    MustacheDialect dialect =
        new MustacheDialect(source, escape, scope == null ? null : Shape.of(scope));
    try {
      return new Compiled(source, dialect.compile(new StringReader(source), MustacheDialect.NAME));
    } catch (MustacheException e) {
      throw MustacheDialect.reword(e, source);
    }
  }

  /** Whether a text has anything to fill in. */
  public static boolean isTemplate(String text) {
    return text.contains("{{");
  }

  private static void refuse(String source) {
    if (source.length() > LONGEST) {
      throw new ExpressionException(
          "a template of " + source.length() + " characters is too long (at most " + LONGEST + ")");
    }
    int depth = 0;
    Matcher tag = TAG.matcher(source);
    while (tag.find()) {
      String sigil = tag.group(1);
      depth += sigil.equals("#") || sigil.equals("^") ? 1 : sigil.equals("/") ? -1 : 0;
      if (depth > DEEPEST) {
        throw MustacheDialect.at(source, tag.start(), "sections are nested too deeply", "");
      }
      String what = refusal(sigil);
      if (!what.isEmpty()) {
        throw MustacheDialect.at(source, tag.start(), what, advice(sigil));
      }
    }
  }

  private static String refusal(String sigil) {
    return switch (sigil) {
      case "=" -> "delimiters cannot be changed";
      case "{", "&" -> "a variable cannot be written unescaped";
      case ">", "<" -> "partials are not allowed";
      case "$", "%" -> "blocks and pragmas are not allowed";
      default -> "";
    };
  }

  private static String advice(String sigil) {
    return sigil.equals("{") || sigil.equals("&") ? "write {{name}}" : "";
  }

  private record Compiled(String source, com.github.mustachejava.Mustache mustache)
      implements Template {
    @Override
    public String render(Map<String, ?> model) {
      try {
        Writing writing = new Writing();
        mustache.execute(writing, model);
        return writing.text();
      } catch (MustacheException e) {
        throw MustacheDialect.reword(e, source);
      }
    }
  }
}
