package dev.firebreak.expression;

import java.util.Map;

/**
 * A compiled Mustache text. A missing or empty-named variable is an error, partials are refused, a
 * value is never parsed again. Immutable and thread-safe.
 */
public interface Template {
  /**
   * Fills the template in.
   *
   * @param model JSON values only: maps, lists, strings, numbers, booleans
   * @throws ExpressionException when a variable is missing (it is named) or a value cannot be
   *     written safely in this context
   */
  String render(Map<String, ?> model);

  /** The text as the author wrote it. */
  String source();
}
