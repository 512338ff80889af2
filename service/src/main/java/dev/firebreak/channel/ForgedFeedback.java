package dev.firebreak.channel;

/** Somebody else than the other side of a channel sent something, or its secret is wrong here. */
public final class ForgedFeedback extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ForgedFeedback(String message) {
    super(message);
  }
}
