package dev.firebreak.expression;

import java.util.Map;

/** A compiled, type-checked CEL expression that is true or false. Immutable and thread-safe. */
public interface Condition {
  /**
   * Asks the condition of some facts.
   *
   * @param model JSON values only: maps, lists, strings, numbers, booleans
   * @throws ExpressionException when it cannot be answered; the message names the missing key
   */
  boolean test(Map<String, ?> model);

  /** The text as the author wrote it. */
  String source();
}
