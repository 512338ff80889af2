package dev.firebreak.guard.recurrence;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Fix;
import dev.firebreak.guard.Herald;
import dev.firebreak.guard.Intents;
import dev.firebreak.guard.Warning;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Incidents;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what is repeated: the same fix for the same target again and again over days is reported
 * as a problem, an incident of its own with a ticket. It is opened once, and each further time is
 * added to it, until a human resolves it. Nothing is refused because of it. Thread-safe.
 */
public final class Repetitions {
  private static final int MOST_TARGETS = 20;
  private static final int LONGEST_KEY = 400;

  private final Intents intents;
  private final Incidents incidents;
  private final RepetitionSettings settings;
  private final Herald herald;
  private final Ids ids;
  private final Tickets tickets;

  /** Writes the message that has a ticket opened, or a note added to it. */
  @FunctionalInterface
  public interface Tickets {
    /**
     * The message; empty when there is no ticket system.
     *
     * @param key two messages of one key are one
     */
    Optional<Message> ticket(String incidentId, String key, String news);
  }

  /** Counts by these settings. */
  public Repetitions(
      Intents intents,
      Incidents incidents,
      RepetitionSettings settings,
      Herald herald,
      Ids ids,
      Tickets tickets) {
    this.intents = intents;
    this.incidents = incidents;
    this.settings = settings;
    this.herald = herald;
    this.ids = ids;
    this.tickets = tickets;
  }

  /** Works inside the transaction that puts on record what came of a fix. */
  void over(Tx tx, Fix fix, Instant now) {
    if (settings.times() > 0) {
      fix.targets().stream().limit(MOST_TARGETS).forEach(target -> count(tx, fix, target, now));
    }
  }

  private void count(Tx tx, Fix fix, String target, Instant now) {
    List<Instant> times =
        intents.runsThatDid(
            tx, fix.run().runbook(), fix.rung(), target, now.minus(settings.within()));
    if (times.size() >= settings.times()) {
      report(tx, fix, target, sentence(fix, target, times, now), now);
    }
  }

  private static String sentence(Fix fix, String target, List<Instant> times, Instant now) {
    Instant first = times.stream().min(Instant::compareTo).orElse(now);
    long days = Math.max(1, Math.ceilDiv(Duration.between(first, now).toMinutes(), 24 * 60));
    return "'%s' was done to '%s' %d times in %d day%s; the cause is still there"
        .formatted(
            fix.runbook().nameOf(fix.rung()), target, times.size(), days, days == 1 ? "" : "s");
  }

  private void report(Tx tx, Fix fix, String target, String what, Instant now) {
    String written = "problem/%s/%s/%s".formatted(fix.run().runbook(), fix.rung(), target);
    String key = written.length() <= LONGEST_KEY ? written : written.substring(0, LONGEST_KEY);
    Optional<Incident> known = incidents.openByKey(tx, key);
    Incident problem = known.orElseGet(() -> open(tx, fix, key, what, now));
    note(tx, problem.id(), fix, what + "; last by " + fix.run().id(), now);
    if (known.isEmpty()) {
      note(tx, fix.run().incidentId(), fix, what + "; the problem is " + problem.id(), now);
      herald.warn(tx, warning(problem, what), now);
    }
    // once a day is enough to hear of it again
    String day = problem.id() + "/problem/" + now.atZone(ZoneOffset.UTC).toLocalDate();
    tickets.ticket(problem.id(), day, what).ifPresent(it -> herald.send(tx, it, problem.id(), now));
  }

  private Incident open(Tx tx, Fix fix, String key, String what, Instant now) {
    Incident problem =
        new Incident(
            ids.next("inc"),
            key,
            what,
            null,
            fix.runbook().owner(),
            Incident.Status.OPEN,
            now,
            null,
            null,
            null,
            null);
    incidents.add(tx, problem);
    herald.opened(tx, problem, now);
    return problem;
  }

  private static Warning warning(Incident problem, String what) {
    return new Warning(
        "problem/" + problem.id(),
        problem.id(),
        problem.owner(),
        "Problem: " + what,
        what + ". Find the cause; the problem stands until somebody resolves it.",
        "/incidents/" + problem.id());
  }

  private void note(Tx tx, String incident, Fix fix, String text, Instant now) {
    herald.note(
        tx,
        incident,
        incident.equals(fix.run().incidentId()) ? fix.run().id() : null,
        Actor.ENGINE,
        "problem.seen",
        text,
        Map.of("run", fix.run().id(), "incident", fix.run().incidentId(), "rung", fix.rung()),
        now);
  }
}
