package dev.firebreak.rehearsal;

import dev.firebreak.action.Action;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.Reason;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.RunbookCase;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Does nothing, and says that it did what the test of the runbook wants. Thread-safe. */
final class ScriptedAction implements Action {
  private static final RunbookCase.Stub FINE =
      new RunbookCase.Stub(RunbookCase.Stub.How.OK, "", Map.of(), Duration.ZERO);

  private final String type;
  private final Map<String, List<RunbookCase.Stub>> stubs;
  private final VirtualTime time;

  ScriptedAction(String type, Map<String, List<RunbookCase.Stub>> stubs, VirtualTime time) {
    this.type = type;
    this.stubs = stubs;
    this.time = time;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of();
  }

  @Override
  public boolean changes(Map<String, Object> params) {
    return true;
  }

  @Override
  public Outcome run(Invocation invocation) {
    RunbookCase.Stub stub = stub(stubs, invocation.stepId(), invocation.attempt());
    time.pass(stub.takes());
    Reason why = new Reason("scripted", stub.reason());
    return switch (stub.how()) {
      case OK -> new Outcome.Succeeded(stub.output(), List.of());
      case FAILED -> new Outcome.Failed(why, true, stub.output(), List.of());
      case UNKNOWN -> new Outcome.Unknown(why, stub.output(), List.of());
    };
  }

  /** What an attempt of a step brings, from 1. What is not said of an item is said of all. */
  static RunbookCase.Stub stub(
      Map<String, List<RunbookCase.Stub>> stubs, String step, int attempt) {
    List<RunbookCase.Stub> script =
        stubs.getOrDefault(step, stubs.getOrDefault(Address.of(step).counted(), List.of(FINE)));
    return script.get(Math.clamp(attempt, 1, script.size()) - 1);
  }
}
