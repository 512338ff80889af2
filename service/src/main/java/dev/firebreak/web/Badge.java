package dev.firebreak.web;

import dev.firebreak.engine.PromotionDesk;
import dev.firebreak.escalation.Escalation;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.Automation;
import dev.firebreak.guard.freeze.Freeze;
import dev.firebreak.run.Incident;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A state in a word and a tone: colour never stands alone.
 *
 * @param tone good, bad, warn, busy, ask or idle: a class of the style sheet
 * @param word what it says
 */
record Badge(String tone, String word) {
  private static final int LONGEST = 20;

  static Badge of(PromotionDesk.State state) {
    return new Badge(
        switch (state) {
          case FREE -> "idle";
          case PROMOTED -> "good";
          case REHEARSING -> "warn";
        },
        state.asText());
  }

  static Badge of(Incident.Status status) {
    return new Badge(
        switch (status) {
          case OPEN -> "bad";
          case ACKNOWLEDGED -> "warn";
          case RESOLVED -> "good";
        },
        status.asText());
  }

  static Badge of(RunStatus status) {
    return new Badge(
        switch (status) {
          case QUEUED, CANCELLED -> "idle";
          case RUNNING -> "busy";
          case WAITING -> "ask";
          case SUCCEEDED, MITIGATED -> "good";
          case ESCALATED -> "warn";
          case FAILED -> "bad";
        },
        status.asText());
  }

  static Badge of(StepStatus status) {
    return new Badge(
        switch (status) {
          case PENDING, SKIPPED, CANCELLED -> "idle";
          case READY, RUNNING -> "busy";
          case WAITING -> "ask";
          case SUCCEEDED -> "good";
          case FAILED -> "bad";
          case UNKNOWN -> "warn";
        },
        status.asText());
  }

  static Badge of(Gate.Status status) {
    return new Badge(
        switch (status) {
          case OPEN -> "ask";
          case APPROVED -> "good";
          case REJECTED -> "bad";
          case EXPIRED, VOID -> "idle";
        },
        status.asText());
  }

  static Badge of(Escalation.Status status) {
    return new Badge(
        switch (status) {
          case CALLING -> "ask";
          case ACKNOWLEDGED -> "good";
          case EXHAUSTED -> "bad";
          case WITHDRAWN -> "idle";
        },
        status.asText());
  }

  static Badge of(Automation.Mode mode) {
    return new Badge(
        switch (mode) {
          case ON -> "good";
          case ASK -> "ask";
          case OFF -> "bad";
        },
        mode.asText());
  }

  static Badge of(Freeze.Mode mode) {
    return new Badge(
        switch (mode) {
          case DENY -> "bad";
          case HOLD -> "warn";
          case ASK -> "ask";
        },
        mode.asText());
  }

  /** A severity as its sender words it; a word nobody knows keeps a calm tone. */
  static Badge severity(@Nullable String severity) {
    if (severity == null || severity.isBlank()) {
      return new Badge("idle", "no severity");
    }
    return new Badge(
        switch (severity.toLowerCase(Locale.ROOT)) {
          case "critical", "page", "p1", "sev1", "emergency", "disaster", "fatal", "high" -> "bad";
          case "error", "major", "p2", "sev2", "warning", "average", "p3", "sev3" -> "warn";
          default -> "idle";
        },
        Excerpt.line(severity, LONGEST));
  }

  /** A line of the record, by its kind: what kind of news it is. */
  static Badge ofKind(String kind) {
    String end = kind.substring(kind.indexOf('.') + 1);
    return new Badge(
        switch (end) {
          case "succeeded", "mitigated", "approved", "resolved", "delivered" -> "good";
          case "failed", "rejected", "denied", "exhausted", "given-up", "firing" -> "bad";
          case "escalated", "unknown", "held", "expired", "walked", "acknowledged", "set" -> "warn";
          case "opened", "asked", "waiting", "called" ->
              kind.startsWith("incident") ? "bad" : "ask";
          case "running", "started", "committed", "ready" -> "busy";
          default -> "idle";
        },
        kind);
  }
}
