package dev.firebreak.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
    GONE,
    /** What was given does not fit: 422. */
    INVALID
  }

  private final Kind kind;
  private final transient Map<String, String> faults;

  public OrderRefused(Kind kind, String message) {
    this(kind, message, Map.of());
  }

  /**
   * The same, with what is wrong with each thing that was given.
   *
   * @param faults by field
   */
  public OrderRefused(Kind kind, String message, Map<String, String> faults) {
    super(message);
    this.kind = kind;
    this.faults = Collections.unmodifiableMap(new LinkedHashMap<>(faults));
  }

  /** What is wrong, by field; empty unless something given does not fit. */
  public Map<String, String> faults() {
    return faults;
  }

  public Kind kind() {
    return kind;
  }
}
