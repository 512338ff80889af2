package dev.firebreak.guard;

import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** Targets must be named, and must be ones that automation was given. Empty never means all. */
final class ScopeGuard implements Guard {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][^\\s\\p{Cntrl}*?]{0,254}");

  /** What means the folder itself, or the one above, in a path. */
  private static final Pattern DOTS = Pattern.compile("(^|/)\\.\\.?(/|$)");

  private final List<Glob> managed;

  /**
   * @param managed globs: {@code *} for a part between slashes, {@code **} for any
   */
  ScopeGuard(List<String> managed) {
    this.managed = managed.stream().map(Glob::new).toList();
  }

  @Override
  public String name() {
    return "scope";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    if (proposal.targets().isEmpty()) {
      return deny(
          "empty-target",
          "the target is empty, and empty never means all; fix the runbook's target");
    }
    for (String target : proposal.targets()) {
      if (blankPart(target) || !KEY.matcher(target).matches() || DOTS.matcher(target).find()) {
        return deny(
            "empty-target",
            "the target '%s' has an empty part, a wildcard, a part of dots or a forbidden character; fix the runbook's target or the alert's labels"
                .formatted(target));
      }
      if (managed.stream().noneMatch(glob -> glob.matches(target))) {
        return deny(
            "out-of-scope",
            "'%s' is not a managed target; to allow it, add it to scope.managed in the configuration"
                .formatted(target));
      }
    }
    return new Decision.Allow();
  }

  private static boolean blankPart(String target) {
    return target.isBlank() || target.endsWith("/") || target.contains("//");
  }

  private static Decision deny(String code, String text) {
    return new Decision.Deny(new Reason(code, text));
  }
}
