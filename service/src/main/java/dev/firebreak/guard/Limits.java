package dev.firebreak.guard;

import dev.firebreak.core.Durations;
import dev.firebreak.core.Instants;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.GuardSettings.Window;
import dev.firebreak.run.WaitFor;
import dev.firebreak.runbook.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts committed intents in sliding windows: for the fix, the target, the runbook, the service,
 * the team, the whole system.
 */
public final class Limits implements Guard {
  /** What waits for room looks that often: a limit that was raised is not slept through. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

  private final Intents intents;
  private final GuardSettings settings;

  Limits(Intents intents, GuardSettings settings) {
    this.intents = intents;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "limit";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    List<Used> left = new ArrayList<>();
    for (Map.Entry<Counted, Window> rule : rules(proposal).entrySet()) {
      Counted what = rule.getKey();
      Window window = rule.getValue();
      Instant since = now.minus(window.per());
      if (intents.reached(tx, what, since, window.max())) {
        Instant free = intents.newest(tx, what, since, window.max()).orElse(since);
        return over(proposal, spent(proposal, what, window), free.plus(window.per()), now);
      }
      if (window.countable()) {
        left.add(new Used(what, intents.count(tx, what, since), window));
      }
    }
    return new Decision.Allow(left);
  }

  /** What counts for a change, the narrowest first. What takes one back is only counted by all. */
  private Map<Counted, Window> rules(Proposal proposal) {
    Map<Counted, Window> rules = new LinkedHashMap<>();
    if (!proposal.undo()) {
      Limit own = proposal.rung().limit();
      if (own != null) {
        Window window = new Window(own.max(), own.per());
        proposal.targets().forEach(target -> rules.put(fix(proposal, target), window));
      }
      Map<Counted, Window> others = settings.others().of(proposal);
      String name = proposal.run().runbook();
      others.forEach((what, window) -> put(rules, Counted.Level.TARGET, what, window));
      rules.put(
          new Counted.Book(name),
          settings.others().of(Counted.Level.RUNBOOK, name).orElse(settings.runbook()));
      rules.putAll(others);
    }
    rules.put(new Counted.All(), settings.global());
    return rules;
  }

  private static void put(
      Map<Counted, Window> rules, Counted.Level level, Counted what, Window window) {
    if (what.level() == level) {
      rules.put(what, window);
    }
  }

  private static Counted fix(Proposal proposal, String target) {
    return new Counted.Fix(proposal.run().runbook(), proposal.counted(), target);
  }

  /** What is left of the rung's own limit, for the target that has the least left. */
  public Budget budget(Tx tx, Proposal proposal, Instant now) {
    Limit own = proposal.rung().limit();
    if (own == null) {
      return new Budget(0, 0, "");
    }
    Instant since = now.minus(own.per());
    int used =
        proposal.targets().stream()
            .mapToInt(target -> intents.count(tx, fix(proposal, target), since))
            .max()
            .orElse(0);
    return new Budget(used, own.max(), Durations.text(own.per()));
  }

  /**
   * What the author wants when a limit is reached.
   *
   * @param free when it is not reached any more, as things stand
   */
  static Decision over(Proposal proposal, Reason why, Instant free, Instant now) {
    Limit own = proposal.rung().limit();
    Limit.Over over = own == null ? Limit.Over.REFUSE : own.over();
    if (over == Limit.Over.ASK && proposal.rung().approve() != null) {
      return new Decision.Ask(proposal.approvers(), why);
    }
    if (over == Limit.Over.QUEUE) {
      Instant soon = now.plus(LOOK_AGAIN);
      return new Decision.Hold(
          WaitFor.LIMIT,
          free.isBefore(soon) ? free : soon,
          new Reason(
              why.code(), why.text() + ". It waits: there is room at " + Instants.text(free)));
    }
    return new Decision.Deny(
        new Reason(
            why.code(),
            why.text()
                + ". To have it wait instead, write `over: queue` in its limit; to have people"
                + " asked, `over: ask` and an `approve`"));
  }

  private Reason spent(Proposal proposal, Counted what, Window window) {
    String per = Durations.text(window.per());
    return switch (what) {
      case Counted.Fix fix ->
          new Reason(
              "limit-target",
              "%s was done %s to %s within %s, and its limit is %d"
                  .formatted(
                      proposal.rung().name(),
                      times(window.max()),
                      fix.target(),
                      per,
                      window.max()));
      case Counted.Target target ->
          spent("target-all", "'" + target.name() + "' had", what, window);
      case Counted.Book book -> spent("runbook", "this runbook made", what, window);
      case Counted.Service service ->
          spent("service", "the service '" + service.name() + "' had", what, window);
      case Counted.Team team ->
          spent("team", "the runbooks of '" + team.name() + "' made", what, window);
      case Counted.All all -> spent("global", "all runbooks together made", what, window);
    };
  }

  private Reason spent(String code, String who, Counted what, Window window) {
    return new Reason(
        "limit-" + code,
        "%s %s within %s, and %s allows no more"
            .formatted(
                who,
                changes(window.max()),
                Durations.text(window.per()),
                settings.others().key(what.level(), what.name())));
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  private static String changes(int count) {
    return count == 1 ? "1 change" : count + " changes";
  }

  /**
   * How much of a limit was used before a change.
   *
   * @param used less than the window allows
   */
  public record Used(Counted what, int used, Window window) {}

  /**
   * What is left of a limit.
   *
   * @param per the window, as written
   */
  public record Budget(int used, int max, String per) {
    /** How many more are allowed now; 0 when there is no limit and none was counted. */
    public int left() {
      return Math.max(0, max - used);
    }

    /** What {@code approve.when} sees as {@code limit}. */
    public Map<String, Object> asModel() {
      return Map.of("used", used, "max", max, "left", left());
    }
  }
}
