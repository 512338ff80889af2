package dev.firebreak.core;

/** A secret that is not where it should be. The message names the place, never the value. */
public final class SecretUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SecretUnavailable(String message) {
    super(message);
  }
}
