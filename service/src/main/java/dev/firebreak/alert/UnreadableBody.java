package dev.firebreak.alert;

/** A body none of whose alerts can be used. The message names field and place, for the sender. */
public final class UnreadableBody extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Kind {
    /** It is not what the source's kind says it is. */
    MALFORMED,
    /** It holds more alerts than the source may send at once. */
    TOO_MANY
  }

  private final Kind kind;

  public UnreadableBody(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  /** A body that is not what it should be. */
  public static UnreadableBody malformed(String message) {
    return new UnreadableBody(Kind.MALFORMED, message);
  }

  /** A body with more alerts than allowed. */
  public static UnreadableBody tooMany(int max) {
    return new UnreadableBody(
        Kind.TOO_MANY,
        "more than "
            + max
            + " alerts in one delivery: send smaller groups (max_alerts, group_by) or raise"
            + " maxAlerts of this source");
  }

  public Kind kind() {
    return kind;
  }
}
