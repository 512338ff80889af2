package dev.firebreak.gate;

/** A vote that does not count. The message tells the human why, and who decided. */
public final class GateRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Kind {
    /** There is no such gate. */
    UNKNOWN,
    /** This person is not asked. */
    NOT_ASKED,
    /** The plan is not the one that was shown, or this person voted before. */
    CONFLICT,
    /** It was decided, expired or void before. */
    OVER
  }

  private final Kind kind;

  GateRefused(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
