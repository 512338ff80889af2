package dev.firebreak.expression;

import org.jspecify.annotations.Nullable;

/** A condition or template that cannot be compiled or answered; the message is for its author. */
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final int line;
  private final int column;
  private final String advice;

  public ExpressionException(String message) {
    this(message, null);
  }

  public ExpressionException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.what = message;
    this.line = 0;
    this.column = 0;
    this.advice = "";
  }

  ExpressionException(String what, int line, int column, String advice) {
    super(where(line, column) + what + (advice.isEmpty() ? "" : " (" + advice + ")"));
    this.what = what;
    this.line = line;
    this.column = column;
    this.advice = advice;
  }

  private static String where(int line, int column) {
    if (column == 0) {
      return "";
    }
    return (line > 1 ? "line " + line + ", " : "") + "column " + column + ": ";
  }

  /** What is wrong, without the place and the advice. */
  public String what() {
    return what;
  }

  /** The line within the source, from 1; 0 when it is not known. */
  public int line() {
    return line;
  }

  /** The column within the line, from 1; 0 when it is not known. */
  public int column() {
    return column;
  }

  /** What to do about it; may be empty. */
  public String advice() {
    return advice;
  }
}
