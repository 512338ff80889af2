package dev.firebreak.expression;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A compiled CEL expression that yields any JSON value. Immutable and thread-safe. */
public interface Expression {
  /**
   * Works the expression out.
   *
   * @param model JSON values only: maps, lists, strings, numbers, booleans, null
   * @return a JSON value, null when the expression yields null
   * @throws ExpressionException when it cannot be answered; the message names the missing key
   */
  @Nullable Object evaluate(Map<String, ?> model);

  /** The text as the author wrote it. */
  String source();
}
