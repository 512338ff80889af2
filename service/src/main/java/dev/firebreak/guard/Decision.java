package dev.firebreak.guard;

import dev.firebreak.core.Reason;
import dev.firebreak.run.WaitFor;
import java.time.Instant;
import java.util.List;

/** What the guards say of a change. Every answer but yes has a reason that tells the way around. */
public sealed interface Decision {
  /** The intent may be committed. */
  record Allow() implements Decision {}

  /** No. */
  record Deny(Reason why) implements Decision {}

  /** Not now: look again then, at the latest. */
  record Hold(WaitFor what, Instant until, Reason why) implements Decision {}

  /** Only if people say yes. */
  record Ask(List<String> by, Reason why) implements Decision {}
}
