package dev.firebreak.core;

import org.jspecify.annotations.Nullable;

/** The database cannot be reached, is full, or its queue is: nothing was stored. */
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
