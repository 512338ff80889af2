package dev.firebreak.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiles conditions and expressions of the Common Expression Language (https://cel.dev), with the
 * string and optional extensions, whole and fractional numbers mixed freely, and bounded in size,
 * depth and iterations. Regular expressions are RE2: linear.
 */
public final class Cel {
  private Cel() {}

  /**
   * Compiles and type-checks a condition.
   *
   * @throws ExpressionException when it is not one; the message gives the column and a suggestion
   */
  public static Condition condition(String source, Scope scope) {
    CelAbstractSyntaxTree tree = check(source, scope);
    CelType type = tree.getResultType();
    if (!type.equals(SimpleType.BOOL) && !type.equals(SimpleType.DYN)) {
      throw new ExpressionException(
          "a condition must be true or false, this is a " + CelIssues.name(type.name()), 1, 1, "");
    }
    return new Asked(CelProgram.of(source, tree));
  }

  /**
   * Compiles and type-checks an expression of any type.
   *
   * @throws ExpressionException when it is not one; the message gives the column and a suggestion
   */
  public static Expression expression(String source, Scope scope) {
    return new Evaluated(CelProgram.of(source, check(source, scope)));
  }

  private static CelAbstractSyntaxTree check(String source, Scope scope) {
    if (source.isBlank()) {
      throw new ExpressionException("an expression must not be empty");
    }
    CelCompiler compiler = CelEnvironment.compiler(scope);
    CelAbstractSyntaxTree parsed;
    try {
      parsed = compiler.parse(source).getAst();
      CelNames.check(parsed, scope);
      CelAbstractSyntaxTree checked = compiler.check(parsed).getAst();
      CelNames.checkDivisions(checked);
      return checked;
    } catch (CelValidationException e) {
      throw CelIssues.exception(e, scope);
    }
  }

  static ExpressionException fault(CelSource source, long node, String what, String advice) {
    Integer offset = source.getPositionsMap().get(node);
    CelSourceLocation at =
        source.getOffsetLocation(offset == null ? 0 : offset).orElse(CelSourceLocation.NONE);
    return fault(at, 0, what, advice);
  }

  static ExpressionException fault(CelSourceLocation at, int further, String what, String advice) {
    return new ExpressionException(
        what, Math.max(1, at.getLine()), Math.max(0, at.getColumn()) + 1 + further, advice);
  }

  static ExpressionException fault(CelIssue issue, String what, String advice) {
    return fault(issue.getSourceLocation(), 0, what, advice);
  }

  private record Asked(CelProgram program) implements Condition {
    @Override
    public boolean test(Map<String, ?> model) {
      Object answer = program.run(model);
      if (answer instanceof Boolean truth) {
        return truth;
      }
      throw new ExpressionException(
          "'" + source() + "' must be true or false, it is '" + answer + "'");
    }

    @Override
    public String source() {
      return program.source();
    }
  }

  private record Evaluated(CelProgram program) implements Expression {
    @Override
    public @Nullable Object evaluate(Map<String, ?> model) {
      return CelValues.toJson(program.run(model));
    }

    @Override
    public String source() {
      return program.source();
    }
  }
}
