package dev.firebreak.gate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
    /** What it was answered with does not fit its form. */
    INVALID,
    /** It was decided, expired or void before. */
    OVER
  }

  private final Kind kind;
  private final transient Map<String, String> faults;

  GateRefused(Kind kind, String message) {
    this(kind, message, Map.of());
  }

  GateRefused(Kind kind, String message, Map<String, String> faults) {
    super(message);
    this.kind = kind;
    this.faults = Collections.unmodifiableMap(new LinkedHashMap<>(faults));
  }

  /** What is wrong with each answer, by the name of its field; empty for all other kinds. */
  public Map<String, String> faults() {
    return faults;
  }

  public Kind kind() {
    return kind;
  }
}
