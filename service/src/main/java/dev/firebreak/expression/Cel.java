package dev.firebreak.expression;

/** Compiles conditions and expressions of the Common Expression Language (https://cel.dev). */
public final class Cel {
  private Cel() {}

  /**
   * Compiles and type-checks a condition.
   *
   * @throws ExpressionException when it is not one; the message gives the column and a suggestion
   */
  public static Condition condition(String source, Scope scope) {
    throw new ExpressionException("stub " + source + scope);
  }

  /**
   * Compiles and type-checks an expression of any type.
   *
   * @throws ExpressionException when it is not one; the message gives the column and a suggestion
   */
  public static Expression expression(String source, Scope scope) {
    throw new ExpressionException("stub " + source + scope);
  }
}
