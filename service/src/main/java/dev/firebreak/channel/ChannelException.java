package dev.firebreak.channel;

import org.jspecify.annotations.Nullable;

/** A notice that was not accepted. The message holds no secret. */
public final class ChannelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean permanent;

  /**
   * @param permanent whether the same notice will be refused again, so that trying again is useless
   */
  public ChannelException(String message, boolean permanent, @Nullable Throwable cause) {
    super(message, cause);
    this.permanent = permanent;
  }

  public boolean permanent() {
    return permanent;
  }
}
