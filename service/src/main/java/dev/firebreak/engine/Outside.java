package dev.firebreak.engine;

import dev.firebreak.action.Outcome;
import dev.firebreak.run.RunCommand;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the engine does outside of transactions: attempts, and waits. Thread-safe. */
final class Outside {
  private static final Logger LOG = LoggerFactory.getLogger(Outside.class);

  private final Performer performer;
  private final BiConsumer<Attempt, Outcome> performed;
  private final Timers timers = new Timers();
  private volatile boolean stopping;

  /**
   * @param performed told how each attempt ended, once, on another thread
   */
  Outside(Performer performer, BiConsumer<Attempt, Outcome> performed) {
    this.performer = performer;
    this.performed = performed;
  }

  /** Calls {@code listener} whenever {@link #next} has become earlier. */
  void onEarlier(Runnable listener) {
    timers.onEarlier(listener);
  }

  /** Begins no attempt any more; what is at work goes on. */
  void stop() {
    stopping = true;
  }

  boolean stopping() {
    return stopping;
  }

  /** How many attempts are at work. */
  int running() {
    return performer.running();
  }

  /** The waits that are over; each is told once. */
  List<Timers.Due> due(Instant now) {
    return timers.due(now);
  }

  /** When a wait is over next; empty when nothing waits. */
  Optional<Instant> next() {
    return timers.next();
  }

  /**
   * Carries out what a turn left to do, now that it is durable.
   *
   * @param term of the lease the turn was made under
   */
  void carryOut(RunTurns.Turned turned, Runbook runbook, long term) {
    String run = turned.run().id();
    if (turned.run().status().ended()) {
      timers.over(run);
      performer.over(run);
    }
    Map<String, Admitted> idle = new HashMap<>(turned.admitted());
    for (RunCommand.Outside command : turned.commands()) {
      switch (command) {
        case RunCommand.Perform perform -> {
          idle.remove(perform.step());
          begin(Attempt.of(turned, runbook, perform, term));
        }
        case RunCommand.Wake wake -> timers.add(new Timers.Due(wake.at(), run, wake.step()));
        case RunCommand.Abort abort -> performer.abort(run, abort.step());
      }
    }
    idle.values().forEach(change -> change.permit().giveBack());
  }

  private void begin(Attempt attempt) {
    if (stopping) {
      attempt.giveBack();
      LOG.info("{} is left for the next start: this process stops", attempt.key());
      return;
    }
    performer.perform(attempt, outcome -> performed.accept(attempt, outcome));
  }
}
