package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.run.Gathering;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.run.StepState.Running;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.run.WaitFor;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Writes what a turn changed in a run. */
final class StepNotes {
  private final Notes notes;

  StepNotes(Notes notes) {
    this.notes = notes;
  }

  void write(Tx tx, Run before, Run after, RunEvent event) {
    Actor by = actor(event);
    ordered(tx, before, after, event, by);
    for (StepRun step : after.steps().values()) {
      StepRun was = before.steps().get(step.id());
      boolean again = was == null && step.ended() && step.attempt() > 0; // is now to be undone
      boolean moved = was == null || !step.state().equals(was.state());
      if (moved && !again && !inLine(step) && (was == null || !looksOn(was, step))) {
        step(tx, after, step, event.at(), by);
      }
    }
    if (after.status().ended() && before.status() != after.status()) {
      Reason why = Objects.requireNonNull(after.why());
      notes.run(
          tx,
          after,
          event.at(),
          Actor.ENGINE,
          "run." + after.status().asText(),
          "%s %s: %s".formatted(after.runbook(), after.status().asText(), why.text()));
    }
  }

  private static String caller(Run run) {
    return run.parent()
        .map(parent -> ", called by %s of %s".formatted(parent.step(), parent.path().getLast()))
        .orElse("");
  }

  /** A wait that looks again and again says so once. */
  private static boolean looksOn(StepRun was, StepRun step) {
    return began(was.state(), step.state())
        || (step.state() instanceof Running && looks(was.state()))
        || (looks(step.state()) && step.attempt() > 1);
  }

  /** A run that was called has its own line. */
  private static boolean began(StepState was, StepState state) {
    return was instanceof Waiting before
        && state instanceof Waiting after
        && before.what() == WaitFor.CHILD
        && after.what() == WaitFor.CHILD
        && before.why().equals(after.why());
  }

  /** Its state says so; the record tells of when it begins. */
  private static boolean inLine(StepRun step) {
    return step.state() instanceof Waiting waiting
        && waiting.why().code().equals(Deferrals.IN_LINE);
  }

  private static boolean looks(StepState state) {
    return state instanceof Waiting waiting && waiting.why().code().equals("looks-again");
  }

  private void ordered(Tx tx, Run before, Run run, RunEvent event, Actor by) {
    switch (event) {
      case RunEvent.Started e when run.status() != RunStatus.QUEUED ->
          notes.run(tx, run, e.at(), by, "run.started", run.runbook() + " started" + caller(run));
      case RunEvent.Cancelled e ->
          notes.run(tx, run, e.at(), by, "run.cancel", "cancels: " + e.reason());
      case RunEvent.Paused e ->
          notes.run(tx, run, e.at(), by, "run.pause", "pauses: " + e.reason());
      case RunEvent.Resumed e -> notes.run(tx, run, e.at(), by, "run.resume", "resumes");
      case RunEvent.Retried e -> retried(tx, before, e);
      case RunEvent.Recovered e ->
          notes.run(tx, run, e.at(), by, "run.recovered", "taken up again after a restart");
      default -> {}
    }
  }

  /** A change that may have happened and is made again stands out: whoever reviews looks for it. */
  private void retried(Tx tx, Run before, RunEvent.Retried event) {
    StepState was = before.step(event.step()).state();
    boolean blind = was instanceof Unknown;
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("was", was.status().asText());
    if (was instanceof Unknown unknown) {
      data.put("intent", unknown.intent());
    }
    String text =
        blind
            ? "%s has %s done AGAIN although nobody knows whether it happened before: %s"
            : "%s has %s tried again: %s";
    notes.step(
        tx,
        before,
        event.step(),
        event.at(),
        event.by(),
        blind ? "step.repeated-unknown" : "step.retry",
        text.formatted(event.by().name(), event.step(), event.reason()),
        data);
  }

  private static Actor actor(RunEvent event) {
    return switch (event) {
      case RunEvent.Cancelled e -> e.by();
      case RunEvent.Paused e -> e.by();
      case RunEvent.Resumed e -> e.by();
      case RunEvent.Answered e -> e.by();
      case RunEvent.Retried e -> e.by();
      case RunEvent.Skipped e -> e.by();
      case RunEvent.Received e -> e.by();
      case RunEvent.Acknowledged e -> e.by();
      default -> Actor.ENGINE;
    };
  }

  private void step(Tx tx, Run run, StepRun step, Instant at, Actor by) {
    if (step.state() instanceof StepState.Ready || step.state() instanceof StepState.Pending) {
      return;
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("phase", step.phase().name().toLowerCase(java.util.Locale.ROOT));
    data.put("status", step.state().status().asText());
    data.put("attempt", step.attempt());
    boolean gathers = step.state() instanceof Waiting waiting && Gathering.waits(waiting);
    notes.step(
        tx,
        run,
        step.id(),
        at,
        by,
        gathers ? "evidence.outdated" : "step." + step.state().status().asText(),
        text(step, at, data),
        data);
  }

  private static String text(StepRun step, Instant at, Map<String, Object> data) {
    return switch (step.state()) {
      case Running running ->
          step.id() + (step.attempt() > 1 ? " begins, attempt " + step.attempt() : " begins");
      case Waiting waiting -> {
        data.put("wait_for", waiting.what().asText());
        data.put("until", waiting.until().toString());
        data.put("reason", waiting.why().code());
        yield step.id() + " waits: " + waiting.why().text();
      }
      case Unknown unknown -> {
        data.put("reason", unknown.why().code());
        yield step.id() + " is unknown: " + unknown.why().text();
      }
      case Ended ended -> {
        data.put("reason", ended.why().code());
        Instant since = step.startedAt();
        if (since != null) {
          data.put("duration_ms", Duration.between(since, at).toMillis());
        }
        yield step.id() + " " + step.state().status().asText() + ": " + ended.why().text();
      }
      case StepState.Underway underway -> step.id() + " begins";
      case StepState.Ready ready -> step.id();
      case StepState.Pending pending -> step.id();
    };
  }
}
