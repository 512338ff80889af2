package dev.firebreak.guard;

import dev.firebreak.core.Cause;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An alert that was caused by a change of our own is not answered with change upon change: a chain
 * of causes has an end, and a runbook is never run for what it caused itself. What takes a change
 * back is let through.
 */
public final class CauseGuard implements Guard {
  private final CauseSettings settings;

  /** A guard by these settings. */
  public CauseGuard(CauseSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "cause";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    Optional<Cause> known = Cause.of(proposal.run().alert());
    if (known.isEmpty() || proposal.undo()) {
      return new Decision.Allow();
    }
    Cause cause = known.get();
    if (cause.via().contains(proposal.run().runbook())) {
      return deny(
          "cause-circle",
          "this alert was caused by %s, and '%s' had a part in that (%s): it would run in a circle",
          cause.run(),
          proposal.run().runbook(),
          chain(cause.via()));
    }
    return cause.depth() <= settings.depth()
        ? new Decision.Allow()
        : deny(
            "cause-depth",
            "this alert was caused by %s, the end of a chain of %s changes of Firebreak's own (%s),"
                + " and %d is the limit (causes.depth)",
            cause.run(),
            cause.depth() == Cause.UNKNOWN ? "nobody knows how many" : cause.depth(),
            chain(cause.via()),
            settings.depth());
  }

  private static String chain(List<String> via) {
    return via.isEmpty() ? "by which runbooks is not known" : String.join(", then ", via);
  }

  private static Decision deny(String code, String text, Object... values) {
    return new Decision.Deny(
        new Reason(
            code,
            text.formatted(values)
                + "; look what the first change did; to run it all the same, start the runbook by"
                + " hand"));
  }
}
