package dev.firebreak.expression;

import org.jspecify.annotations.Nullable;

/** A condition or template that cannot be compiled or answered; the message is for its author. */
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ExpressionException(String message) {
    super(message);
  }

  public ExpressionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
