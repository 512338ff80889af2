package dev.firebreak.guard;

import dev.firebreak.alert.Alerts;
import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * All guards, in the order in which they are asked. The first that does not allow decides; a guard
 * whose question people have answered, for exactly this plan, counts as one that allows.
 * Thread-safe.
 */
public final class Guards {
  private final List<Guard> inOrder;
  private final List<Guard> last;
  private final Limits limits;

  /** What the guards read. */
  public record Ports(AutomationSwitch automation, Alerts alerts, Intents intents, Locks locks) {}

  /**
   * Guards of the leaves of this room.
   *
   * @param windows asked right after the halt switch
   * @param rules asked right before people are
   * @param last have a word on what all others said
   */
  public record Others(List<Guard> windows, List<Guard> rules, List<Guard> last) {
    /** None. */
    public static final Others NONE = new Others(List.of(), List.of());

    public Others {
      windows = List.copyOf(windows);
      rules = List.copyOf(rules);
      last = List.copyOf(last);
    }

    /** None that has a last word. */
    public Others(List<Guard> windows, List<Guard> rules) {
      this(windows, rules, List.of());
    }
  }

  /**
   * The answer.
   *
   * @param guard which gave it; the last one when all allow
   * @param asking the guards that ask; none unless the decision is to ask
   */
  public record Finding(String guard, Decision decision, List<String> asking) {
    public Finding {
      asking = List.copyOf(asking);
    }

    Finding(String guard, Decision decision) {
      this(guard, decision, List.of());
    }
  }

  /** Guards of who has no disk: a rehearsal. */
  public Guards(Ports ports, HaltSwitch halt, GuardSettings settings) {
    this(ports, halt, settings, () -> Long.MAX_VALUE, Others.NONE);
  }

  /**
   * The guards of the service.
   *
   * @param free bytes left on the disk of the database
   * @param others of the leaves of this room
   */
  public Guards(
      Ports ports, HaltSwitch halt, GuardSettings settings, LongSupplier free, Others others) {
    limits = new Limits(ports.intents(), settings);
    List<Guard> all = new ArrayList<>();
    all.add(new HaltGuard(ports.automation(), halt));
    all.addAll(others.windows());
    all.add(new DiskGuard(free));
    all.add(new ScopeGuard(settings.managed()));
    all.add(new AlertGuard(ports.alerts()));
    all.add(new CooldownGuard(ports.intents()));
    all.add(new LockGuard(ports.locks()));
    all.add(limits);
    all.addAll(others.rules());
    all.add(new ApprovalGuard(limits));
    last = others.last();
    all.addAll(last);
    inOrder = List.copyOf(all);
  }

  /**
   * Asks all guards of a change, in the transaction that would commit its intent. A question to
   * people goes on to the guards behind it: what they deny nobody is asked about, and what they
   * would ask of the same people is asked at once.
   */
  public Finding check(Tx tx, Proposal proposal, Instant now) {
    Finding said = asked(tx, proposal, now);
    for (Guard guard : last) {
      said = guard.lastWord(tx, proposal, said, now);
    }
    return said;
  }

  private Finding asked(Tx tx, Proposal proposal, Instant now) {
    Questionnaire questions = new Questionnaire();
    Finding last = new Finding("none", new Decision.Allow());
    Decision.Allow allowed = new Decision.Allow();
    for (Guard guard : inOrder) {
      last = new Finding(guard.name(), guard.check(tx, proposal, now));
      switch (last.decision()) {
        case Decision.Allow allow -> allowed = allow.used().isEmpty() ? allowed : allow;
        case Decision.Ask ask when proposal.answered().contains(guard.name()) -> {}
        case Decision.Ask ask -> questions.add(guard.name(), ask);
        case Decision.Hold hold when !questions.none() -> {}
        case Decision.Hold hold -> {
          return last;
        }
        case Decision.Deny deny -> {
          return last;
        }
      }
    }
    return questions.none() ? new Finding(last.guard(), allowed) : questions.finding();
  }

  /** Says that a change was allowed, in the transaction that commits its intent. */
  public void admitted(Tx tx, Proposal proposal, Instant now) {
    inOrder.forEach(guard -> guard.admitted(tx, proposal, now));
  }

  /**
   * Says that an alert began to fire, in the transaction that takes it in.
   *
   * @param labels of the alert
   */
  public void alarmed(Tx tx, String incidentId, Map<String, String> labels, Instant now) {
    inOrder.forEach(guard -> guard.alarmed(tx, incidentId, labels, now));
  }

  /** Says what came of a fix, in the transaction that puts it on record. */
  public void over(Tx tx, Fix fix, Instant now) {
    inOrder.forEach(guard -> guard.over(tx, fix, now));
  }

  /** What is left of the rung's own limit. */
  public Limits.Budget budget(Tx tx, Proposal proposal, Instant now) {
    return limits.budget(tx, proposal, now);
  }

  /** The names of all guards, in order. */
  public List<String> names() {
    return inOrder.stream().map(Guard::name).toList();
  }
}
