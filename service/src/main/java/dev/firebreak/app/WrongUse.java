package dev.firebreak.app;

/** A command line that cannot be meant; the message says what is expected. */
public final class WrongUse extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WrongUse(String message) {
    super(message);
  }
}
