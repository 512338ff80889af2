package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Tx;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.guard.Automation;
import dev.firebreak.run.Incident;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What humans, pages and sources may tell the engine. Every future completes when the order is
 * durable, and fails with {@link OrderRefused} when it cannot be followed. Thread-safe.
 */
public interface Orders {
  /**
   * Says inside a transaction of the caller that an alert of an incident began to fire.
   *
   * @param labels of the alert
   */
  default void alarmed(Tx tx, String incidentId, Map<String, String> labels, Instant now) {}

  /**
   * Starts a run inside a transaction of the caller; it goes on once that is durable.
   *
   * @param alert as {@link dev.firebreak.alert.Alert#asModel}, with what the run is given under
   *     {@link dev.firebreak.run.RunModel#INPUTS} if it is given anything
   * @throws IllegalArgumentException when that is not what the runbook wants
   * @return the new run's id, or the id of the live run there is already
   */
  String start(
      Tx tx, Incident incident, Runbook runbook, Map<String, Object> alert, Actor by, Instant now);

  /** Tells the live runs of an incident, inside a transaction, that none of its alerts fires. */
  void alertsResolved(Tx tx, String incidentId, Instant now);

  /**
   * Ends a run: what changes and is at work comes to its end, nothing new begins.
   *
   * @param reason goes on the record
   */
  CompletableFuture<Ordered> cancel(String runId, Actor by, String reason);

  /**
   * Keeps new steps of a run from beginning; what is at work goes on.
   *
   * @param reason goes on the record
   */
  CompletableFuture<Ordered> pause(String runId, Actor by, String reason);

  /** Has a paused run go on. */
  CompletableFuture<Ordered> resume(String runId, Actor by);

  /**
   * Says how an unknown step really ended.
   *
   * @param happened whether the change took place
   */
  CompletableFuture<Ordered> answer(
      String runId, String stepId, boolean happened, Actor by, String reason);

  /**
   * Has a step tried again that failed or is unknown; a change goes before the guards anew.
   *
   * @param reason goes on the record
   */
  CompletableFuture<Ordered> retry(String runId, String stepId, Actor by, String reason);

  /**
   * Skips a step that has not begun, waits, or failed.
   *
   * @param reason goes on the record
   */
  CompletableFuture<Ordered> skip(String runId, String stepId, Actor by, String reason);

  /**
   * Sends a signal to a run; a step that waits for it, now or later, goes on with its body.
   *
   * @param key by which a repeat is known, or null
   * @param body JSON values only
   * @return the run; the same order with the same key changes nothing
   */
  CompletableFuture<Ordered> signal(
      String runId, String name, @Nullable String key, Map<String, Object> body, Actor by);

  /** Counts a person's word on a gate; the first rejection is final. */
  CompletableFuture<Gate> decide(GateDesk.Word word);

  /** Approves by the API, filling in nothing. */
  default CompletableFuture<Gate> approve(
      String gateId, String planHash, String person, Set<String> teams, String reason) {
    return decide(new GateDesk.Word(gateId, planHash, person, teams, true, reason));
  }

  /** Rejects by the API. */
  default CompletableFuture<Gate> reject(
      String gateId, String planHash, String person, Set<String> teams, String reason) {
    return decide(new GateDesk.Word(gateId, planHash, person, teams, false, reason));
  }

  /** Somebody takes an incident: nobody is called for it any more. */
  CompletableFuture<Incident> acknowledge(String incidentId, Actor by);

  /**
   * Resolves an incident and cancels its runs.
   *
   * @param reason goes on the record if it is given, or null
   */
  CompletableFuture<Incident> resolve(String incidentId, Actor by, @Nullable String reason);

  /** Writes a line into the timeline of an incident. */
  CompletableFuture<Void> note(String incidentId, Actor by, String text);

  /**
   * Sets the halt switch: at once in memory, for everything also by file, then in the database. It
   * holds here even when the future fails.
   */
  CompletableFuture<Automation> automate(Automation automation);

  /** What the halt switch is at for parts: those that are not on. Needs no database. */
  List<Automation> haltedParts();

  /**
   * What the halt switch is at for everything: the strictest of database, file and signal. Needs no
   * database.
   */
  Automation automation();
}
