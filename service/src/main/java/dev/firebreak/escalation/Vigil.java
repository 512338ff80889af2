package dev.firebreak.escalation;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Tx;
import dev.firebreak.escalation.Attention.State;
import dev.firebreak.run.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of an incident that people should have said a word about by now: they are asked,
 * then its chain is walked again. Thread-safe.
 */
final class Vigil {
  private final FollowUps.Parts parts;
  private final Reach reach;
  private final CallDesk calls;
  private final Silence silence;
  private final Announcer announcer;

  Vigil(FollowUps.Parts parts, Reach reach, CallDesk calls, Silence silence, Announcer announcer) {
    this.parts = parts;
    this.reach = reach;
    this.calls = calls;
    this.silence = silence;
    this.announcer = announcer;
  }

  /** Does what is due for one incident, whose row is locked. */
  void turn(Tx tx, Attention one, Instant now) {
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
    Duration quiet = silence.allowed(tx, one);
    if (quiet == null) {
      parts.attentions().remove(tx, one.incidentId());
      return;
    }
    Silence.Heard heard = silence.heard(tx, one);
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
    announcer.tell(
        tx,
        incident,
        callee,
        "ask",
        "Are you still on it? %s. Write a note, or the chain is called again."
            .formatted(Character.toUpperCase(why.charAt(0)) + why.substring(1)),
        now);
    announcer.note(tx, incident, Actor.ENGINE, "incident.asked-again", text);
    long read = silence.heard(tx, one).attention().seen();
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
                now.plus(FollowUps.ANSWER)));
  }

  private void asked(Tx tx, Attention one, Incident incident, Instant now) {
    Silence.Heard heard = silence.heard(tx, one);
    Duration quiet = silence.allowed(tx, one);
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
      announcer.note(
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
    announcer.changed(tx, open);
    announcer.note(
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
      announcer.note(
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
    announcer.note(tx, incident, Actor.ENGINE, "escalation.exhausted", why);
    parts.attentions().remove(tx, incident.id());
  }

  private void giveBack(Tx tx, Attention one, Incident incident, Instant now) {
    String giver = one.giver() == null ? one.person() : one.giver();
    Attention back =
        new Attention(
            one.incidentId(), State.HANDED, giver, null, one.call(), one.seen(), one.dueAt());
    ask(tx, back, incident, one.person() + " did not take it over", now);
  }
}
