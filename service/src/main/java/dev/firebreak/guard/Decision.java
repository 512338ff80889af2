package dev.firebreak.guard;

import dev.firebreak.core.Reason;
import dev.firebreak.run.WaitFor;
import java.time.Instant;
import java.util.List;

/** What the guards say of a change. Every answer but yes has a reason that tells the way around. */
public sealed interface Decision {
  /**
   * The intent may be committed.
   *
   * @param used what was used before of the limits that count it
   */
  record Allow(List<Limits.Used> used) implements Decision {
    public Allow {
      used = List.copyOf(used);
    }

    /** Without a word on limits. */
    public Allow() {
      this(List.of());
    }
  }

  /** No. */
  record Deny(Reason why) implements Decision {}

  /** Not now: look again then, at the latest. */
  record Hold(WaitFor what, Instant until, Reason why) implements Decision {}

  /** Only if people say yes. */
  record Ask(List<String> by, Reason why) implements Decision {}
}
