package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Guards;
import dev.firebreak.guard.Proposal;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import dev.firebreak.run.JournalEntry.Note;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunListener;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts on the record what happens, and tells the listeners once it is durable. */
final class Notes {
  private final Journal journal;
  private final List<RunListener> listeners;

  Notes(Journal journal, List<RunListener> listeners) {
    this.journal = journal;
    this.listeners = List.copyOf(listeners);
  }

  /** A line that concerns a step of a run. */
  void step(
      Tx tx,
      Run run,
      String step,
      Instant at,
      Actor by,
      String kind,
      String text,
      Map<String, Object> data) {
    write(tx, new Note(run.incidentId(), at, by.asText(), kind, run.id(), step, text, data));
  }

  /** What a guard found of a change. */
  void guard(
      Tx tx, Proposal proposal, Guards.Finding finding, String kind, Reason why, Instant now) {
    step(
        tx,
        proposal.run(),
        proposal.step(),
        now,
        Actor.ENGINE,
        kind,
        proposal.step() + ": " + why.text(),
        Map.of("guard", finding.guard(), "reason", why.code(), "targets", proposal.targets()));
  }

  /** A line that concerns a run. */
  void run(Tx tx, Run run, Instant at, Actor by, String kind, String text) {
    run(
        tx,
        run,
        at,
        by,
        kind,
        text,
        Map.of("runbook", run.runbook(), "status", run.status().asText()));
  }

  /** A line that concerns a run. */
  void run(
      Tx tx, Run run, Instant at, Actor by, String kind, String text, Map<String, Object> data) {
    write(tx, new Note(run.incidentId(), at, by.asText(), kind, run.id(), null, text, data));
  }

  /** A line that concerns an incident. */
  void incident(Tx tx, Incident incident, Instant at, Actor by, String kind, String text) {
    write(
        tx,
        new Note(
            incident.id(),
            at,
            by.asText(),
            kind,
            null,
            null,
            text,
            Map.of("status", incident.status().asText())));
  }

  private void write(Tx tx, Note note) {
    JournalEntry entry = journal.append(tx, note);
    tx.afterCommit(() -> listeners.forEach(listener -> listener.recorded(entry)));
  }

  /** Tells the listeners that a run changed, once it is durable. */
  void changed(Tx tx, @Nullable Run before, Run after) {
    tx.afterCommit(
        () ->
            listeners.forEach(
                listener -> listener.changed(before == null ? after : before, after)));
  }

  /** Tells the listeners that an incident changed, once it is durable. */
  void changed(Tx tx, Incident incident) {
    tx.afterCommit(() -> listeners.forEach(listener -> listener.changed(incident)));
  }
}
