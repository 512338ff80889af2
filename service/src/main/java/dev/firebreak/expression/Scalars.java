package dev.firebreak.expression;

import java.math.BigDecimal;
import java.util.Map;

/** How single JSON values are written. */
final class Scalars {
  private Scalars() {}

  /**
   * The value as text: numbers without exponent where that is readable.
   *
   * @throws IllegalArgumentException when it is no single value
   */
  static String text(Object value) {
    return switch (value) {
      case String text -> text;
      case Boolean flag -> flag.toString();
      case Double number when number.isNaN() || number.isInfinite() -> number.toString();
      case Double number -> plain(BigDecimal.valueOf(number));
      case Float number -> plain(new BigDecimal(number.toString()));
      case BigDecimal number -> plain(number);
      case Number number -> number.toString();
      case Map<?, ?> map ->
          throw new IllegalArgumentException("is a mapping, not a text: name one of its fields");
      case Iterable<?> items ->
          throw new IllegalArgumentException("is a list, not a text: write a section around it");
      default -> throw new IllegalArgumentException("is no JSON value");
    };
  }

  private static String plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    boolean readable = Math.abs(stripped.scale()) <= 20 && stripped.precision() <= 40;
    return readable ? stripped.toPlainString() : stripped.toString();
  }
}
