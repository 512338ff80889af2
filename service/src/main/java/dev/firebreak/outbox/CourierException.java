package dev.firebreak.outbox;

import org.jspecify.annotations.Nullable;

/** A message that was not delivered. The message holds no secret. */
public final class CourierException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean permanent;

  /**
   * @param permanent whether trying again is useless
   */
  public CourierException(String message, boolean permanent, @Nullable Throwable cause) {
    super(message, cause);
    this.permanent = permanent;
  }

  public boolean permanent() {
    return permanent;
  }
}
