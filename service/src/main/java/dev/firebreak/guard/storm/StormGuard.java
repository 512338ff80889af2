package dev.firebreak.guard.storm;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.AutomationSwitch;
import dev.firebreak.guard.Decision;
import dev.firebreak.guard.Guard;
import dev.firebreak.guard.GuardSettings;
import dev.firebreak.guard.Intents;
import dev.firebreak.guard.Proposal;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * Sets the halt switch to {@code ask} when the changes of the whole system are more than usual: in
 * the transaction that would commit one more. From then on the halt guard asks, on every node,
 * until a human switches automation on again; only what is decided on after that counts.
 */
public final class StormGuard implements Guard {
  private static final Duration DAY = Duration.ofDays(1);

  private final Intents intents;
  private final AutomationSwitch automation;
  private final StormSettings settings;
  private final GuardSettings.Window band;
  private final StormNews news;
  private final Runnable told;

  /**
   * A guard for all runbooks.
   *
   * @param global the limit of all runbooks together
   * @param news tells people
   * @param told called when a storm has begun and that is durable; must be quick
   */
  public StormGuard(
      Intents intents,
      AutomationSwitch automation,
      StormSettings settings,
      GuardSettings.Window global,
      StormNews news,
      Runnable told) {
    this.intents = intents;
    this.automation = automation;
    this.settings = settings;
    this.band = settings.band(global);
    this.news = news;
    this.told = told;
  }

  @Override
  public String name() {
    return "storm";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    Automation set = automation.read(tx);
    Instant end = set.until();
    boolean over = end != null && !now.isBefore(end);
    if (proposal.undo() || (set.mode() != Automation.Mode.ON && !over)) {
      return new Decision.Allow();
    }
    Instant calm = end != null && over ? end : set.at();
    Instant start = now.minus(band.per());
    OptionalInt storm = storm(tx, calm.isAfter(start) ? calm : start, now);
    return storm.isEmpty() ? new Decision.Allow() : begin(tx, proposal, storm.getAsInt(), now);
  }

  /** How many changes are a storm, if they are one. */
  private OptionalInt storm(Tx tx, Instant since, Instant now) {
    if (!intents.reachedByAll(tx, since, band.max())) {
      return OptionalInt.empty();
    }
    int recent = intents.countAll(tx, since);
    int before = intents.countAll(tx, now.minus(DAY)) - recent;
    double windows = (double) DAY.minus(band.per()).toMillis() / band.per().toMillis();
    return recent >= settings.factor() * before / windows
        ? OptionalInt.of(recent)
        : OptionalInt.empty();
  }

  private Decision begin(Tx tx, Proposal proposal, int recent, Instant now) {
    String what =
        "storm: %d changes within %s are more than usual, so every change asks a human first"
            .formatted(recent, Durations.text(band.per()));
    Duration lasts = settings.ends();
    automation.set(
        tx,
        new Automation(
            Automation.Mode.ASK,
            what,
            Actor.ENGINE.asText(),
            now,
            lasts == null ? null : now.plus(lasts)));
    news.begun(tx, new Storm(now, proposal.run().incidentId(), what));
    tx.afterCommit(told);
    return new Decision.Ask(
        proposal.approvers(),
        new Reason(
            "storm",
            what + ". Look what drives them; to end it, switch automation on at /automation"));
  }
}
