package dev.firebreak.rehearsal;

import dev.firebreak.expression.Condition;
import dev.firebreak.expression.Expression;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.runbook.BuiltIn;
import dev.firebreak.runbook.Call;
import dev.firebreak.runbook.Contract;
import dev.firebreak.runbook.OutputType;
import dev.firebreak.runbook.Param;
import dev.firebreak.runbook.Retry;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookCase;
import dev.firebreak.runbook.RunbookCase.Stub.How;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.Step;
import dev.firebreak.runbook.Trigger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runbooks that a rehearsed one calls: each does nothing, and ends as the test wants. */
final class StandIns {
  private StandIns() {}

  /** One for each runbook that is called, by its name. */
  static Map<String, Runbook> of(Runbook caller, Map<String, List<RunbookCase.Stub>> stubs) {
    Map<String, Runbook> all = new LinkedHashMap<>();
    steps(caller)
        .forEach(
            (id, step) -> {
              if (step.call().builtIn() instanceof BuiltIn.Child child) {
                all.putIfAbsent(child.runbook(), standIn(child, ScriptedAction.stub(stubs, id, 1)));
              }
            });
    return all;
  }

  private static Map<String, Step> steps(Runbook book) {
    Map<String, Step> steps = new LinkedHashMap<>();
    Stream.concat(book.diagnose().stream(), book.conclude().stream())
        .forEach(step -> steps.put(step.id(), step));
    for (Rung rung : book.remediate()) {
      rung.steps().forEach(step -> steps.put(step.in(rung), step.step()));
    }
    return steps;
  }

  private static Runbook standIn(BuiltIn.Child child, RunbookCase.Stub stub) {
    Map<String, Contract.Input> inputs = new LinkedHashMap<>();
    child.with().forEach((name, param) -> inputs.put(name, new Contract.Input(type(param), null)));
    Map<String, Expression> outputs = new LinkedHashMap<>();
    stub.output().forEach((name, value) -> outputs.put(name, new Constant(value)));
    return new Runbook(
        child.runbook(),
        child.runbook(),
        "nobody",
        Trigger.CALLED,
        Map.of(),
        List.of(),
        stub.how() == How.OK ? List.of() : List.of(failing(stub.reason())),
        null,
        List.of(),
        List.of(),
        Runbook.DEADLINE,
        new Contract(inputs, outputs),
        List.of(),
        "stand-in/" + child.runbook(),
        "");
  }

  private static OutputType type(Param param) {
    return switch (param) {
      case Param.Text text -> OutputType.STRING;
      case Param.Items items -> OutputType.LIST;
      case Param.Fields fields -> OutputType.OBJECT;
      case Param.Literal literal ->
          Stream.of(OutputType.values())
              .filter(type -> type.fits(literal.value()))
              .findFirst()
              .orElse(OutputType.STRING);
    };
  }

  private static Rung failing(String why) {
    return new Rung(
        "fails",
        "fails",
        new Unanswerable(why),
        List.of(),
        null,
        Duration.ZERO,
        null,
        Call.NOTHING,
        false,
        Retry.NONE,
        Duration.ofSeconds(1),
        null,
        null,
        null);
  }

  private record Constant(@Nullable Object value) implements Expression {
    @Override
    public @Nullable Object evaluate(Map<String, ?> model) {
      return value;
    }

    @Override
    public String source() {
      return String.valueOf(value);
    }
  }

  private record Unanswerable(String source) implements Condition {
    @Override
    public boolean test(Map<String, ?> model) {
      throw new ExpressionException(source);
    }
  }
}
