package dev.firebreak.engine;

/** An order that cannot be followed. The message tells a human why, and who or what decided. */
public final class OrderRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why, for status codes. */
  public enum Kind {
    /** There is no such thing: 404. */
    NOT_FOUND,
    /** This person may not: 403. */
    FORBIDDEN,
    /** Its state forbids it: 409. */
    CONFLICT,
    /** It was decided or ended before: 410. */
    GONE
  }

  private final Kind kind;

  public OrderRefused(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
