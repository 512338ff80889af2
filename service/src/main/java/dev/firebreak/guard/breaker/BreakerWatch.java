package dev.firebreak.guard.breaker;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Fix;
import dev.firebreak.guard.Herald;
import dev.firebreak.guard.Targets;
import dev.firebreak.guard.Warning;
import dev.firebreak.run.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Opens and closes breakers by what came of fixes, in the transaction that records it. Counted and
 * opened in one line with all decisions on changes, so it holds over all nodes. Thread-safe.
 */
public final class BreakerWatch {
  /** The targets of one fix that are counted one by one: a list of thousands is one fix. */
  private static final int MOST_TARGETS = 100;

  private static final String WHOLE = "";

  private final Breakers breakers;
  private final BreakerSettings settings;
  private final Herald herald;
  private final Ids ids;

  /** Watches by these rules. */
  public BreakerWatch(Breakers breakers, BreakerSettings settings, Herald herald, Ids ids) {
    this.breakers = breakers;
    this.settings = settings;
    this.herald = herald;
    this.ids = ids;
  }

  /** Whether nothing can have opened a breaker, so that none need be looked for. */
  boolean idle() {
    return settings.never();
  }

  void over(Tx tx, Fix fix, Instant now) {
    if (settings.never()) {
      return;
    }
    trials(tx, fix, now);
    String runbook = fix.run().runbook();
    List<String> keys =
        new ArrayList<>(
            fix.targets().stream().map(Targets::key).distinct().limit(MOST_TARGETS).toList());
    keys.add(WHOLE);
    switch (fix.proof()) {
      case HOLDS -> breakers.helped(tx, runbook, keys);
      case FAILED -> {
        breakers.failed(tx, runbook, keys, fix.run().incidentId(), now);
        keys.forEach(key -> count(tx, fix, key, now));
      }
      case OPEN -> {}
    }
  }

  /** What comes of a trial closes its breaker, or has it rest again. */
  private void trials(Tx tx, Fix fix, Instant now) {
    for (Breaker breaker : breakers.open(tx)) {
      Breaker.Trial trial = breaker.trial();
      Instant retry = breaker.retryAt();
      if (trial == null || retry == null || !trial.run().equals(fix.run().id())) {
        continue;
      }
      switch (fix.proof()) {
        case HOLDS -> close(tx, breaker, fix.run(), trial, now);
        case FAILED -> {
          Instant again = now.plus(rule(breaker.kind()).rest());
          breakers.tries(tx, breaker.id(), null, again);
          String text = "the trial on '%s' did not help; one more after %s";
          note(tx, breaker, fix.run(), "breaker.kept", text.formatted(trial.target(), again), now);
        }
        case OPEN -> breakers.tries(tx, breaker.id(), null, retry);
      }
    }
  }

  private void close(Tx tx, Breaker breaker, Run run, Breaker.Trial trial, Instant now) {
    String text = "the trial on '%s' was verified".formatted(trial.target());
    if (breakers.close(tx, breaker.id(), new Breaker.End(Actor.ENGINE.asText(), now, text))) {
      note(tx, breaker, run, "breaker.closed", text, now);
    }
  }

  private void count(Tx tx, Fix fix, String key, Instant now) {
    Breaker.Kind kind = key.equals(WHOLE) ? Breaker.Kind.RUNBOOK : Breaker.Kind.TARGET;
    BreakerSettings.Rule rule = rule(kind);
    if (rule.never()) {
      return;
    }
    int failures = breakers.failures(tx, fix.run().runbook(), key, now.minus(rule.within()));
    if (failures >= rule.failures()) {
      String why =
          "%d of its fixes in a row were not proven, the last because %s"
              .formatted(failures, fix.why().text());
      open(tx, fix, kind, key, why, now.plus(rule.rest()), now);
    }
  }

  private BreakerSettings.Rule rule(Breaker.Kind kind) {
    return kind == Breaker.Kind.TARGET ? settings.target() : settings.runbook();
  }

  private void open(
      Tx tx, Fix fix, Breaker.Kind kind, String key, String why, Instant retry, Instant now) {
    Breaker breaker =
        new Breaker(
            ids.next("brk"),
            kind,
            fix.run().runbook(),
            key,
            fix.runbook().owner(),
            why,
            fix.run().incidentId(),
            now,
            retry,
            null,
            null);
    if (breakers.add(tx, breaker)) {
      note(tx, breaker, fix.run(), "breaker.opened", why + "; one is tried after " + retry, now);
      herald.warn(tx, warning(breaker, "One change is tried after " + retry), now);
    }
  }

  private static Warning warning(Breaker breaker, String next) {
    return new Warning(
        "breaker/" + breaker.id(),
        breaker.incidentId(),
        breaker.owner(),
        "Firebreak stopped " + breaker.what(),
        "The breaker of %s is open: %s. %s; close it with a reason to go on before."
            .formatted(breaker.what(), breaker.why(), next),
        "/breakers");
  }

  private void note(Tx tx, Breaker breaker, Run run, String kind, String text, Instant now) {
    herald.note(
        tx,
        run.incidentId(),
        run.id(),
        Actor.ENGINE,
        kind,
        "the breaker of %s: %s".formatted(breaker.what(), text),
        Map.of(
            "breaker", breaker.id(), "kind", breaker.kind().asText(), "subject", breaker.subject()),
        now);
  }
}
