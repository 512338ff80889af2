package dev.firebreak.engine;

import dev.firebreak.cluster.Bulletin;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.AutomationSwitch;
import dev.firebreak.guard.HaltScope;
import dev.firebreak.guard.HaltSwitch;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sets the halt switch, and remembers what the database says of it, so that it can be asked when
 * the database does not answer. Thread-safe.
 */
final class AutomationOrders {
  private static final int HALTS_REMEMBERED = 50;

  private final Ledger ledger;
  private final AutomationSwitch settings;
  private final HaltSwitch halt;
  private final Bulletin bulletin;
  private final InstantSource clock;
  private final AtomicInteger setting = new AtomicInteger();
  private volatile Automation stored;

  /**
   * @param stored what the database says at the start
   */
  AutomationOrders(Ledger ledger, Desks desks, EngineTools tools, Automation stored) {
    this.ledger = ledger;
    this.settings = desks.automation();
    this.halt = desks.halt();
    this.bulletin = tools.bulletin();
    this.clock = tools.clock();
    this.stored = stored;
  }

  /** What is stricter holds at once, what is laxer only when it is durable. */
  CompletableFuture<Automation> set(Automation automation) {
    if (!automation.scope().equals(HaltScope.ALL)) {
      halt.parts().order(automation);
    } else if (automation.mode() == Automation.Mode.OFF) {
      halt.engage(automation);
    } else if (automation.mode() == Automation.Mode.ASK) {
      stored = automation;
    }
    setting.incrementAndGet();
    return ledger
        .commit(
            tx -> {
              settings.set(tx, automation);
              tx.afterCommit(() -> bulletin.tell(new Bulletin.Word(Bulletin.Kind.AUTOMATION, "")));
              return automation;
            })
        .thenApply(this::inForce)
        .whenComplete((set, fault) -> setting.decrementAndGet());
  }

  private Automation inForce(Automation set) {
    if (!set.scope().equals(HaltScope.ALL)) {
      halt.parts().durable(set);
      return set;
    }
    stored = set;
    if (set.mode() != Automation.Mode.OFF) {
      halt.lift();
    }
    return set;
  }

  /** What was halted here by an order, and was lifted on another node since, is lifted here too. */
  void look() {
    Said said = ledger.read(this::said);
    // while a setting is on its way, the database is behind what holds here
    if (setting.get() > 0) {
      return;
    }
    halt.parts().learn(said.parts(), said.historyOfParts());
    List<Automation> history = said.history();
    if (history.isEmpty()) {
      return;
    }
    stored = history.getFirst();
    if (stored.mode() != Automation.Mode.OFF) {
      halt.liftOrdered(history.subList(1, history.size()));
    }
  }

  private record Said(
      List<Automation> parts, List<Automation> history, List<Automation> historyOfParts) {}

  private Said said(Tx tx) {
    List<Automation> standing = settings.standing(tx);
    return new Said(
        standing.subList(1, standing.size()),
        settings.history(tx, HALTS_REMEMBERED),
        settings.historyOfParts(tx, HALTS_REMEMBERED));
  }

  /** What is halted in part, as this node knows it. */
  List<Automation> parts() {
    return halt.parts().standing(clock.instant());
  }

  /** The strictest of what the database said last, file and signal. */
  Automation now() {
    return halt.strictest(stored, clock.instant());
  }
}
