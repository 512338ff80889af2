package dev.firebreak.rehearsal;

import dev.firebreak.action.Action;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.Reason;
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
    List<RunbookCase.Stub> script = stubs.getOrDefault(invocation.stepId(), List.of(FINE));
    RunbookCase.Stub stub = script.get(Math.min(invocation.attempt(), script.size()) - 1);
    time.pass(stub.takes());
    Reason why = new Reason("scripted", stub.reason());
    return switch (stub.how()) {
      case OK -> new Outcome.Succeeded(stub.output(), List.of());
      case FAILED -> new Outcome.Failed(why, true, stub.output(), List.of());
      case UNKNOWN -> new Outcome.Unknown(why, stub.output(), List.of());
    };
  }
}
