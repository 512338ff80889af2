package dev.firebreak.action;

/** A parameter that cannot be used; nothing has been done. The message names it. */
public final class BadParameter extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadParameter(String parameter, String message) {
    super("parameter '" + parameter + "' " + message);
  }
}
