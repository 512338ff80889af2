package dev.firebreak.escalation;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.escalation.Attention.State;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Incidents;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.JournalEntry.Note;
import dev.firebreak.run.RunListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
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
  private static final int LINES = 500;

  private final Parts parts;
  private final EscalationSettings chains;
  private final Reach reach;
  private final CallDesk calls;
  private final List<RunListener> listeners;
  private final Ids ids;
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
    this.chains = chains;
    this.reach = reach;
    this.calls = calls;
    this.listeners = List.copyOf(listeners);
    this.ids = ids;
    this.clock = clock;
  }

  /** Somebody took it: from now on it must not go quiet, if its chain says so. */
  void acknowledged(Tx tx, String incidentId, String person, Instant now) {
    Optional<Escalation> last = last(tx, incidentId);
    Duration quiet = last.map(this::quiet).orElse(null);
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

  boolean handedTo(Tx tx, String incidentId, String person) {
    return parts
        .attentions()
        .find(tx, incidentId)
        .filter(one -> one.state() == State.HANDED && one.person().equals(person))
        .isPresent();
  }

  private Optional<Escalation> last(Tx tx, String incidentId) {
    List<Escalation> all = parts.escalations().ofIncident(tx, incidentId);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  private @Nullable Duration quiet(Escalation call) {
    Chain chain = chains.chains().get(call.chain());
    return chain == null || Chain.NEVER.equals(chain.quiet()) ? null : chain.quiet();
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
          note(
              tx,
              incident,
              by,
              "incident.snoozed",
              "%s snoozes it for %s, until %s%s"
                  .formatted(by.name(), Durations.text(rest), until, because(reason)));
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
                  last(tx, incident.id()).map(Escalation::id).orElse(null),
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
          tell(tx, incident, callee, "hand-over", text, now);
          parts
              .attentions()
              .save(
                  tx,
                  new Attention(
                      incident.id(),
                      State.HANDED,
                      person,
                      holder == null ? by.name() : holder,
                      last(tx, incident.id()).map(Escalation::id).orElse(null),
                      0,
                      now.plus(ANSWER)));
          note(tx, incident, by, "incident.handed-over", text);
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
          tell(tx, incident, callee, "responder", text, now);
          note(tx, incident, by, "incident.responder-called", text);
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
                        .ifPresent(one -> turn(tx, one, now));
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

  private void turn(Tx tx, Attention one, Instant now) {
    Optional<Incident> incident =
        parts
            .incidents()
            .find(tx, one.incidentId())
            .filter(found -> found.status() != Incident.Status.RESOLVED);
    if (incident.isEmpty()) {
      parts.attentions().remove(tx, one.incidentId());
      return;
    }
    switch (one.state()) {
      case QUIET -> quiet(tx, one, incident.get(), now);
      case SNOOZED -> ask(tx, one, incident.get(), "the snooze is over", now);
      case ASKED -> asked(tx, one, incident.get(), now);
      case HANDED -> giveBack(tx, one, incident.get(), now);
      case WALKING -> walk(tx, one, incident.get(), now);
    }
  }

  private void quiet(Tx tx, Attention one, Incident incident, Instant now) {
    Duration quiet = quietOf(tx, one);
    if (quiet == null) {
      parts.attentions().remove(tx, one.incidentId());
      return;
    }
    Heard heard = heard(tx, one);
    if (heard.at() != null && heard.at().plus(quiet).isAfter(now)) {
      parts.attentions().save(tx, heard.attention().in(State.QUIET, heard.at().plus(quiet)));
      return;
    }
    ask(
        tx,
        heard.attention(),
        incident,
        "nobody has said a word for " + Durations.text(quiet),
        now);
  }

  /** Asks who has it whether they still do. */
  private void ask(Tx tx, Attention one, Incident incident, String why, Instant now) {
    Callee callee = reach.callee(tx, one.person(), now);
    String text = "asks %s again: %s".formatted(callee.text(), why);
    tell(
        tx,
        incident,
        callee,
        "ask",
        "Are you still on it? %s. Write a note, or the chain is called again."
            .formatted(Character.toUpperCase(why.charAt(0)) + why.substring(1)),
        now);
    note(tx, incident, Actor.ENGINE, "incident.asked-again", text);
    long read = heard(tx, one).attention().seen();
    parts
        .attentions()
        .save(
            tx,
            new Attention(
                one.incidentId(),
                State.ASKED,
                one.person(),
                null,
                one.call(),
                read,
                now.plus(ANSWER)));
  }

  private void asked(Tx tx, Attention one, Incident incident, Instant now) {
    Heard heard = heard(tx, one);
    Duration quiet = quietOf(tx, one);
    if (heard.at() != null && quiet == null) {
      parts.attentions().remove(tx, one.incidentId());
    } else if (heard.at() != null) {
      parts.attentions().save(tx, heard.attention().in(State.QUIET, heard.at().plus(quiet)));
    } else {
      again(tx, heard.attention(), incident, now);
    }
  }

  /** Nobody answered: it is nobody's any more, and the chain begins anew. */
  private void again(Tx tx, Attention one, Incident incident, Instant now) {
    Optional<Escalation> before =
        Optional.ofNullable(one.call()).flatMap(call -> parts.escalations().find(tx, call));
    if (before.isEmpty()) {
      note(
          tx,
          incident,
          Actor.ENGINE,
          "incident.unanswered",
          "%s did not answer, and no chain was ever called for it".formatted(one.person()));
      parts.attentions().remove(tx, one.incidentId());
      return;
    }
    Incident open = incident.reopened();
    parts.incidents().save(tx, open);
    tx.afterCommit(() -> listeners.forEach(listener -> listener.changed(open)));
    note(
        tx,
        open,
        Actor.ENGINE,
        "incident.reopened",
        "%s did not answer: it is open again, and its chain is called".formatted(one.person()));
    call(tx, one, before.get(), open, now);
  }

  private void call(Tx tx, Attention one, Escalation before, Incident incident, Instant now) {
    try {
      CallDesk.Opened opened =
          calls.open(
              tx,
              incident.id(),
              before.runId(),
              before.stepId(),
              before.chain(),
              "went quiet after %s acknowledged: %s".formatted(one.person(), before.why()),
              now);
      walking(tx, one, incident, opened);
    } catch (IllegalArgumentException e) {
      exhausted(tx, incident, String.valueOf(e.getMessage()));
    }
  }

  private void walking(Tx tx, Attention one, Incident incident, CallDesk.Opened opened) {
    Escalation call = opened.escalation();
    if (!opened.called().isEmpty()) {
      note(
          tx,
          incident,
          Actor.ENGINE,
          "escalation.called",
          "calls %s: %s".formatted(String.join(", ", opened.called()), call.why()));
    }
    parts
        .attentions()
        .save(
            tx,
            new Attention(
                one.incidentId(),
                State.WALKING,
                one.person(),
                null,
                call.id(),
                one.seen(),
                call.nextAt()));
  }

  private void walk(Tx tx, Attention one, Incident incident, Instant now) {
    Optional<CallDesk.Opened> next =
        Optional.ofNullable(one.call()).flatMap(call -> calls.advance(tx, call, now));
    if (next.isPresent()) {
      walking(tx, one, incident, next.get());
    } else {
      exhausted(tx, incident, "nobody of the chain acknowledged");
    }
  }

  private void exhausted(Tx tx, Incident incident, String why) {
    note(tx, incident, Actor.ENGINE, "escalation.exhausted", why);
    parts.attentions().remove(tx, incident.id());
  }

  private void giveBack(Tx tx, Attention one, Incident incident, Instant now) {
    String giver = one.giver() == null ? one.person() : one.giver();
    Attention back =
        new Attention(
            one.incidentId(), State.HANDED, giver, null, one.call(), one.seen(), one.dueAt());
    ask(tx, back, incident, one.person() + " did not take it over", now);
  }

  private @Nullable Duration quietOf(Tx tx, Attention one) {
    return Optional.ofNullable(one.call())
        .flatMap(call -> parts.escalations().find(tx, call))
        .map(this::quiet)
        .orElse(null);
  }

  /** When a human last wrote anything beyond what was read before; null when nobody did. */
  private record Heard(Attention attention, @Nullable Instant at) {}

  private Heard heard(Tx tx, Attention one) {
    Instant at = null;
    long seen = one.seen();
    List<JournalEntry> lines;
    do {
      lines = parts.journal().read(tx, one.incidentId(), seen, LINES);
      for (JournalEntry line : lines) {
        seen = line.sequence();
        at = line.actor().startsWith("person:") ? line.at() : at;
      }
    } while (lines.size() == LINES);
    return new Heard(
        new Attention(
            one.incidentId(),
            one.state(),
            one.person(),
            one.giver(),
            one.call(),
            seen,
            one.dueAt()),
        at);
  }

  private void tell(
      Tx tx, Incident incident, Callee callee, String what, String text, Instant now) {
    String id = ids.next("ask");
    for (Way way : callee.ways()) {
      parts
          .outbox()
          .add(
              tx,
              new Message(
                  "notify",
                  id + "/" + what + "/" + way.key(),
                  Map.of(
                      "incident", incident.id(),
                      "channels", way.channels(),
                      "to", way.to(),
                      "text", text)),
              incident.id(),
              now);
    }
  }

  private void note(Tx tx, Incident incident, Actor by, String kind, String text) {
    JournalEntry entry =
        parts
            .journal()
            .append(
                tx,
                new Note(
                    incident.id(),
                    clock.instant(),
                    by.asText(),
                    kind,
                    null,
                    null,
                    text,
                    Map.of("status", incident.status().asText())));
    tx.afterCommit(() -> listeners.forEach(listener -> listener.recorded(entry)));
  }

  private static String because(String reason) {
    return reason.isEmpty() ? "" : ": " + reason;
  }
}
