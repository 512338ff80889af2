package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.run.NewRun;
import dev.firebreak.run.Parent;
import dev.firebreak.run.Rehearsing;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunCommand;
import dev.firebreak.run.RunEvent;
import dev.firebreak.run.RunStatus;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookVersions;
import dev.firebreak.runbook.Runbooks;
import dev.firebreak.runbook.Trigger;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs that runs have begin, and what they say to each other. Works inside a transaction. */
final class Family {
  private static final int DEEPEST = 5;

  private final Runbooks runbooks;
  private final RunbookVersions versions;
  private final Ids ids;
  private final Masking masking;

  Family(Runbooks runbooks, RunbookVersions versions, Ids ids, Masking masking) {
    this.runbooks = runbooks;
    this.versions = versions;
    this.ids = ids;
    this.masking = masking;
  }

  /**
   * Makes a run of the version that is current now.
   *
   * @param born takes it; it is to begin once its caller is written
   * @return what its caller hears
   */
  RunEvent child(
      Tx tx, Run caller, Runbook book, RunCommand.Start start, Instant now, Consumer<Run> born) {
    try {
      Parent parent =
          Parent.of(
              caller,
              start.step(),
              caller
                  .parent()
                  .map(Parent::goesOn)
                  .orElse(book.on().onResolve() == Trigger.OnResolve.CONTINUE));
      Runbook called = called(start.runbook(), parent);
      Map<String, Object> inputs = called.contract().filled(masking.fields(start.inputs()));
      versions.keep(tx, called.version(), called.name(), called.source(), now);
      Run child = NewRun.child(ids.next("run"), caller, parent, called, inputs, now);
      born.accept(child);
      return new RunEvent.ChildStarted(now, start.step(), child.id());
    } catch (IllegalArgumentException e) {
      String why = "'%s' was not started: %s".formatted(start.runbook(), e.getMessage());
      return new RunEvent.Refused(now, start.step(), new Reason("not-started", why));
    }
  }

  private Runbook called(String name, Parent parent) {
    if (parent.path().contains(name)) {
      throw new IllegalArgumentException(
          "it would call itself: " + String.join(" → ", parent.path()) + " → " + name);
    }
    if (parent.path().size() > DEEPEST) {
      throw new IllegalArgumentException(
          "runbooks call one another at most %d deep".formatted(DEEPEST));
    }
    return runbooks
        .current(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no runbook of this name now"));
  }

  /** What the caller of a run that ended hears. */
  RunEvent ended(Run child, Parent parent, Runbook book, Instant now) {
    Map<String, Object> outputs = Map.of();
    Reason fault = rehearsed(child);
    try {
      outputs = NewRun.outputs(book, child);
    } catch (ExpressionException e) {
      fault = new Reason("invalid-output", String.valueOf(e.getMessage()));
    }
    return new RunEvent.ChildEnded(now, parent.step(), child.id(), child.status(), outputs, fault);
  }

  private static @Nullable Reason rehearsed(Run child) {
    boolean well = child.status() == RunStatus.MITIGATED || child.status() == RunStatus.SUCCEEDED;
    return well || !Rehearsing.by(child) || child.why() == null
        ? null
        : new Reason(Rehearsing.CODE, child.why().text());
  }

  /** What a run hears of an order that was given to its caller. */
  static RunEvent passedOn(RunCommand.PassOn order, Instant now) {
    return switch (order.order()) {
      case CANCEL -> new RunEvent.Cancelled(now, Actor.ENGINE, order.why().text());
      case PAUSE -> new RunEvent.Paused(now, Actor.ENGINE, "the run that called it is paused");
      case RESUME -> new RunEvent.Resumed(now, Actor.ENGINE);
    };
  }
}
