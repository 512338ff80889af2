package dev.firebreak.guard.storm;

import dev.firebreak.core.Instants;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.AutomationSwitch;
import dev.firebreak.outbox.Outbox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Tells people that a storm begins, in the transaction that finds it, and that it is over: each
 * once, whatever crashes and however many nodes there are. Thread-safe.
 */
public final class StormNews {
  private final Ledger ledger;
  private final Storms storms;
  private final AutomationSwitch automation;
  private final Outbox outbox;
  private final List<String> channels;
  private final InstantSource clock;

  /**
   * News for these.
   *
   * @param channels tried in this order until one takes it; nobody is told when there is none
   */
  public StormNews(
      Ledger ledger,
      Storms storms,
      AutomationSwitch automation,
      Outbox outbox,
      List<String> channels,
      InstantSource clock) {
    this.ledger = ledger;
    this.storms = storms;
    this.automation = automation;
    this.outbox = outbox;
    this.channels = List.copyOf(channels);
    this.clock = clock;
  }

  /** A storm begins, in this transaction. */
  void begun(Tx tx, Storm storm) {
    storms.add(tx, storm);
    tell(
        tx,
        storm,
        "begins",
        "Storm mode: every change asks a human first",
        "%s since %s. Look what drives them: a bad alert rule, a network that comes and goes, a runbook that feeds another. It stays so until somebody switches automation on at /automation, or for as long as storm.ends says."
            .formatted(storm.what(), Instants.text(storm.begunAt())),
        storm.begunAt());
  }

  /** Looks whether a storm is over; to be called every few seconds, on any node. */
  public void look() {
    for (Storm storm : ledger.read(storms::standing)) {
      if (over(storm, ledger.read(tx -> automation.history(tx, 1)))) {
        Object unused = ledger.commit(tx -> end(tx, storm));
      }
    }
  }

  /** Who sets the switch, to whatever, takes it over from the storm. */
  private boolean over(Storm storm, List<Automation> newest) {
    return newest.isEmpty()
        || !newest.getFirst().at().equals(storm.begunAt())
        || newest.getFirst().over(clock.instant());
  }

  private boolean end(Tx tx, Storm storm) {
    Instant now = clock.instant();
    List<Automation> newest = automation.history(tx, 1);
    if (!over(storm, newest) || !storms.end(tx, storm, now)) {
      return false;
    }
    tell(tx, storm, "ends", "Storm mode is over", sentence(storm, newest), now);
    return true;
  }

  private static String sentence(Storm storm, List<Automation> newest) {
    boolean still = newest.isEmpty() || newest.getFirst().at().equals(storm.begunAt());
    Automation set = still ? null : newest.getFirst();
    return "The storm that began at %s is over: %s."
        .formatted(
            Instants.text(storm.begunAt()),
            set == null
                ? "the time that storm.ends says is over, so changes are made again"
                : "%s set automation to %s: %s"
                    .formatted(set.by(), set.mode().asText(), set.reason()));
  }

  private void tell(Tx tx, Storm storm, String what, String subject, String text, Instant now) {
    if (channels.isEmpty()) {
      return;
    }
    outbox.add(
        tx,
        new Message(
            "notify",
            "storm/" + storm.begunAt() + "/" + what,
            Map.of(
                "incident", storm.incidentId(),
                "channels", channels,
                "subject", subject,
                "text", text)),
        storm.incidentId(),
        now);
  }
}
