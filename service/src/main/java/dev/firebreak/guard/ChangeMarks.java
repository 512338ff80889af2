package dev.firebreak.guard;

import dev.firebreak.run.Run;
import dev.firebreak.runbook.Call;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.RungStep;
import dev.firebreak.runbook.Task;
import dev.firebreak.runbook.Undo;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a change belongs to.
 *
 * @param team the owner of its runbook
 * @param service the label {@code service} of the alert that started its run; empty without one
 * @param runbook the name of its runbook
 * @param action what makes it; empty for a rung of several steps, which makes none by itself
 */
public record ChangeMarks(String team, String service, String runbook, String action) {
  /** Of nothing. */
  public static final ChangeMarks NONE = new ChangeMarks("", "", "", "");

  private static final String SERVICE = "service";

  /** Those of a step of a run. */
  public static ChangeMarks of(Run run, Runbook runbook, String step) {
    return new ChangeMarks(
        runbook.owner(),
        service(run),
        runbook.name(),
        runbook.task(step).map(Task::call).map(Call::action).orElse(""));
  }

  /** The service a run is for: what its alert says; empty when it says nothing. */
  public static String service(Run run) {
    return run.alert().get("labels") instanceof Map<?, ?> labels
            && labels.get(SERVICE) instanceof String service
        ? service
        : "";
  }

  /** What a rung can have done, to make its change or to take it back. */
  static Stream<String> actions(Rung rung) {
    Stream<Call> steps =
        rung.steps().stream()
            .filter(RungStep::changes)
            .flatMap(step -> withUndo(step.step().call(), step.undo()));
    return Stream.concat(
            rung.steps().isEmpty() ? withUndo(rung.change(), rung.undo()) : Stream.of(), steps)
        .map(Call::action);
  }

  private static Stream<Call> withUndo(Call change, @Nullable Undo undo) {
    return undo == null ? Stream.of(change) : Stream.of(change, undo.call());
  }
}
