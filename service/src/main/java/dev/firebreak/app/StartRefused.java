package dev.firebreak.app;

import org.jspecify.annotations.Nullable;

/** The service cannot start; the message is for the operator and holds no secret. */
final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartRefused(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
