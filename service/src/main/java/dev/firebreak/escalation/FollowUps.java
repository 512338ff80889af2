package dev.firebreak.escalation;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Instants;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import dev.firebreak.escalation.Attention.State;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Incidents;
import dev.firebreak.run.Journal;
import dev.firebreak.run.RunListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that an incident somebody took is not forgotten: snoozed ones ask again, handed over ones
 * are taken or go back, quiet ones ask who acknowledged them and then walk their chain again. Every
 * wait is a row with its time, changed under its lock: it survives a restart and happens on one
 * node. Thread-safe.
 */
public final class FollowUps {
  private static final Logger LOG = LoggerFactory.getLogger(FollowUps.class);

  /** How long somebody who was asked, or who shall take over, has to answer. */
  static final Duration ANSWER = Duration.ofMinutes(15);

  private static final Duration SHORTEST_SNOOZE = Duration.ofMinutes(1);
  private static final Duration LONGEST_SNOOZE = Duration.ofHours(24);
  private static final int AT_ONCE = 200;

  private final Parts parts;
  private final Reach reach;
  private final Silence silence;
  private final Announcer announcer;
  private final Vigil vigil;
  private final InstantSource clock;

  /** Where all of it is kept. */
  public record Parts(
      Ledger ledger,
      Incidents incidents,
      Journal journal,
      Escalations escalations,
      Attentions attentions,
      Outbox outbox) {}

  /**
   * @param calls along the chains
   * @param listeners told what was committed
   */
  public FollowUps(
      Parts parts,
      EscalationSettings chains,
      Reach reach,
      CallDesk calls,
      List<RunListener> listeners,
      Ids ids,
      InstantSource clock) {
    this.parts = parts;
    this.reach = reach;
    this.silence = new Silence(parts, chains);
    this.announcer = new Announcer(parts, listeners, ids, clock);
    this.vigil = new Vigil(parts, reach, calls, silence, announcer);
    this.clock = clock;
  }

  /** Somebody took it: from now on it must not go quiet, if its chain says so. */
  void acknowledged(Tx tx, String incidentId, String person, Instant now) {
    Optional<Escalation> last = silence.last(tx, incidentId);
    Duration quiet = last.map(silence::allowed).orElse(null);
    if (last.isEmpty() || quiet == null) {
      parts.attentions().remove(tx, incidentId);
      return;
    }
    parts
        .attentions()
        .save(
            tx,
            new Attention(
                incidentId, State.QUIET, person, null, last.get().id(), 0, now.plus(quiet)));
  }

  /** Whether somebody handed an incident over to this person, who has not taken it yet. */
  public boolean handedTo(Tx tx, String incidentId, String person) {
    return parts
        .attentions()
        .find(tx, incidentId)
        .filter(one -> one.state() == State.HANDED && one.person().equals(person))
        .isPresent();
  }

  /**
   * Nobody is called until then; after that whoever has it is asked again.
   *
   * @param rest 1m to 24h
   * @return fails with {@link ShiftDesk.Refused}
   */
  public CompletableFuture<Incident> snooze(
      String incidentId, Duration rest, String reason, Actor by) {
    if (rest.compareTo(SHORTEST_SNOOZE) < 0 || rest.compareTo(LONGEST_SNOOZE) > 0) {
      return CompletableFuture.failedFuture(
          new ShiftDesk.Refused("'for' must be from 1m to 24h, not " + Durations.text(rest)));
    }
    return order(
        incidentId,
        (tx, incident) -> {
          Instant until = clock.instant().plus(rest);
          rest(tx, incident, until, by);
          announcer.note(
              tx,
              incident,
              by,
              "incident.snoozed",
              "%s snoozes it for %s, until %s%s"
                  .formatted(
                      by.name(), Durations.text(rest), Instants.text(until), because(reason)));
          return incident;
        });
  }

  private void rest(Tx tx, Incident incident, Instant until, Actor by) {
    Optional<Attention> there = parts.attentions().find(tx, incident.id());
    List<Escalation> calling =
        parts.escalations().ofIncident(tx, incident.id()).stream()
            .filter(one -> one.status() == Escalation.Status.CALLING)
            .toList();
    calling.forEach(one -> parts.escalations().save(tx, one.resting(until)));
    String holder = incident.acknowledgedBy();
    if (there.isPresent() && there.get().state() == State.WALKING) {
      parts.attentions().save(tx, there.get().in(State.WALKING, until));
    } else if (calling.isEmpty()) {
      parts
          .attentions()
          .save(
              tx,
              new Attention(
                  incident.id(),
                  State.SNOOZED,
                  holder == null ? by.name() : holder,
                  null,
                  silence.last(tx, incident.id()).map(Escalation::id).orElse(null),
                  there.map(Attention::seen).orElse(0L),
                  until));
    }
  }

  /**
   * Calls somebody who shall take it over; it is theirs when they acknowledge, and goes back when
   * they do not within 15 minutes.
   *
   * @param to a person, or a schedule
   * @return fails with {@link ShiftDesk.Refused}
   */
  public CompletableFuture<Incident> handOver(
      String incidentId, String to, String reason, Actor by) {
    return order(
        incidentId,
        (tx, incident) -> {
          Instant now = clock.instant();
          String person =
              reach
                  .person(tx, to, now)
                  .orElseThrow(
                      () ->
                          new ShiftDesk.Refused(
                              "'%s' is no person, and no schedule with somebody on call"
                                  .formatted(to)));
          String holder = incident.acknowledgedBy();
          if (person.equals(holder)) {
            throw new ShiftDesk.Refused(person + " has it already");
          }
          Callee callee = called(tx, person, now);
          String text =
              "%s hands it over to %s%s".formatted(by.name(), callee.text(), because(reason));
          announcer.tell(tx, incident, callee, "hand-over", text, now);
          parts
              .attentions()
              .save(
                  tx,
                  new Attention(
                      incident.id(),
                      State.HANDED,
                      person,
                      holder == null ? by.name() : holder,
                      silence.last(tx, incident.id()).map(Escalation::id).orElse(null),
                      0,
                      now.plus(ANSWER)));
          announcer.note(tx, incident, by, "incident.handed-over", text);
          return incident;
        });
  }

  /**
   * Calls somebody beside those who have it.
   *
   * @param who a person, schedule, team or channel
   * @return fails with {@link ShiftDesk.Refused}
   */
  public CompletableFuture<Incident> addResponder(
      String incidentId, String who, String reason, Actor by) {
    return order(
        incidentId,
        (tx, incident) -> {
          Instant now = clock.instant();
          Callee callee = called(tx, who, now);
          String text = "%s asks %s to help%s".formatted(by.name(), callee.text(), because(reason));
          announcer.tell(tx, incident, callee, "responder", text, now);
          announcer.note(tx, incident, by, "incident.responder-called", text);
          return incident;
        });
  }

  private Callee called(Tx tx, String who, Instant now) {
    Callee callee = reach.callee(tx, who, now);
    if (callee.ways().isEmpty()) {
      throw new ShiftDesk.Refused(
          reach.fault(who).orElse("nobody would be reached: " + callee.text()));
    }
    return callee;
  }

  private CompletableFuture<Incident> order(
      String incidentId, BiFunction<Tx, Incident, Incident> order) {
    return parts
        .ledger()
        .commit(
            tx -> {
              Incident incident =
                  parts
                      .incidents()
                      .find(tx, incidentId)
                      .orElseThrow(
                          () -> new ShiftDesk.Refused("there is no incident " + incidentId));
              if (incident.status() == Incident.Status.RESOLVED) {
                throw new ShiftDesk.Refused("this incident is resolved");
              }
              return order.apply(tx, incident);
            });
  }

  /** Does what is due; to be called every few seconds, on any node. */
  public void look() {
    for (String incident :
        parts.ledger().read(tx -> parts.attentions().due(tx, clock.instant(), AT_ONCE))) {
      var looked =
          parts
              .ledger()
              .commit(
                  tx -> {
                    Instant now = clock.instant();
                    parts
                        .attentions()
                        .find(tx, incident)
                        .filter(one -> !one.dueAt().isAfter(now))
                        .ifPresent(one -> vigil.turn(tx, one, now));
                    return true;
                  });
      looked.whenComplete(
          (done, fault) -> {
            if (fault != null) {
              LOG.warn("incident {} is looked at again later: {}", incident, fault.getMessage());
            }
          });
    }
  }

  private static String because(String reason) {
    return reason.isEmpty() ? "" : ": " + reason;
  }
}
