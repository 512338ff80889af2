package dev.firebreak.expression;

/** Compiles templates. */
public final class Mustache {
  private Mustache() {}

  /**
   * Compiles a template without partials.
   *
   * @throws ExpressionException when it is not one
   */
  public static Template compile(String source, Escape escape) {
    throw new ExpressionException("stub " + source + escape);
  }
}
