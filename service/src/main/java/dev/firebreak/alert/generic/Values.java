package dev.firebreak.alert.generic;

import dev.firebreak.alert.AlertFault;
import dev.firebreak.alert.AlertText;
import dev.firebreak.expression.Expression;
import dev.firebreak.expression.ExpressionException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What expressions yield, as alerts need it. */
final class Values {
  private Values() {}

  /** The value of an expression; null for none. */
  static @Nullable Object of(
      String key, @Nullable Expression expression, Map<String, @Nullable Object> model) {
    if (expression == null) {
      return null;
    }
    try {
      return expression.evaluate(model);
    } catch (ExpressionException e) {
      throw new AlertFault("mapping." + key + ": " + e.getMessage());
    }
  }

  /** A text, number, or truth value as a text; a whole number without a point. */
  static @Nullable String text(String key, @Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Double number -> number(number);
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      default -> throw new AlertFault("mapping." + AlertText.shown(key) + kind(value));
    };
  }

  private static String kind(Object value) {
    boolean structure = value instanceof Map || value instanceof Collection;
    return " must yield a text, not " + (structure ? "a list or an object" : "this");
  }

  private static String number(Double number) {
    return number % 1 == 0 && Math.abs(number) < 1e15
        ? Long.toString(number.longValue())
        : number.toString();
  }
}
