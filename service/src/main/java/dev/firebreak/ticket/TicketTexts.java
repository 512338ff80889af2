package dev.firebreak.ticket;

import dev.firebreak.expression.Template;

/** Where the texts of tickets come from. Thread-safe. */
@FunctionalInterface
public interface TicketTexts {
  /**
   * The template of this name, for {@link dev.firebreak.expression.Escape#TEXT}: the values it is
   * filled with are inert already.
   *
   * @throws dev.firebreak.expression.ExpressionException when there is none, or it does not compile
   */
  Template template(String name);
}
