package dev.firebreak.action.command;

import static dev.firebreak.action.Schemas.anyText;
import static dev.firebreak.action.Schemas.duration;
import static dev.firebreak.action.Schemas.list;
import static dev.firebreak.action.Schemas.object;
import static dev.firebreak.action.Schemas.of;
import static dev.firebreak.action.Schemas.properties;
import static dev.firebreak.action.Schemas.text;

import dev.firebreak.action.Action;
import dev.firebreak.action.Equipment;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.Reason;
import dev.firebreak.expression.Escape;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code command}: starts a program with its arguments, and waits for its end. */
final class CommandAction implements Action {
  private final Equipment equipment;
  private final CommandSettings settings;

  CommandAction(Equipment equipment) {
    this.equipment = equipment;
    this.settings = equipment.settings("command", CommandSettings.class);
    if (settings.allowsAny()) {
      ProcessGroup.requireTools();
    }
  }

  @Override
  public String type() {
    return "command";
  }

  @Override
  public Map<String, Object> schema() {
    return object(
        properties(
            "run",
            list(
                1,
                of(
                    List.of("string", "number"),
                    "an argument, handed over as it is",
                    "minLength",
                    1,
                    "x-context",
                    Escape.ARGUMENT.name()),
                "the program and its arguments; no shell reads them"),
            "cwd",
            text(Escape.ARGUMENT, "folder to run in; an empty private one when absent"),
            "env",
            of(
                "object",
                "further variables of the environment",
                "propertyNames",
                Map.of("pattern", "^[A-Za-z_][A-Za-z0-9_]*$"),
                "additionalProperties",
                of(
                    List.of("string", "object"),
                    "a text, or {secret: name}",
                    "x-context",
                    Escape.ARGUMENT.name(),
                    "properties",
                    properties("secret", text(Escape.TEXT, "one of the configured secrets")),
                    "required",
                    List.of("secret"),
                    "additionalProperties",
                    false)),
            "stdin",
            anyText(Escape.ARGUMENT, "what the program reads; nothing when absent"),
            "expect",
            object(
                properties(
                    "exit",
                    of(
                        List.of("integer", "array"),
                        "the exit code, or a list of them; 0 when absent",
                        "minimum",
                        0,
                        "maximum",
                        255,
                        "minItems",
                        1,
                        "items",
                        of("integer", "an exit code", "minimum", 0, "maximum", 255)),
                    "stdout_contains",
                    text(Escape.ARGUMENT, "what stdout must hold"))),
            "timeout",
            duration("after which it is killed; never more than the step's timeout")),
        "run");
  }

  @Override
  public boolean changes(Map<String, Object> params) {
    return params.get("run") instanceof List<?> run
        && KnownChanges.include(run.stream().map(String::valueOf).toList());
  }

  @Override
  public Outcome run(Invocation invocation) {
    CommandLine line = CommandLine.read(invocation, equipment, settings);
    ExitExpectation expect = ExitExpectation.read(invocation.read());
    boolean changing = invocation.changing() || KnownChanges.include(line.run());
    Duration timeout = line.timeout();
    try (Workplace place = Workplace.open(line.cwd())) {
      ProcessGroup group = ProcessGroup.start(line, place, equipment.blocking(), settings);
      ProcessGroup.End end = group.await(timeout, invocation.cancellation());
      return new Report(equipment, line.name(), group, end, changing, timeout).judge(expect);
    } catch (IOException e) {
      return new Outcome.Failed(
          new Reason("not-started", line.name() + " could not be started: " + e.getMessage()),
          true);
    }
  }
}
