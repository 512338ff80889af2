package dev.firebreak.runbook;

import dev.firebreak.core.Nearest;
import dev.firebreak.runbook.Problem.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is wrong between runbooks that call one another. Not thread-safe. */
public final class Callees {
  private final Map<String, Runbook> runbooks;
  private final Map<String, String> files;
  private final boolean all;
  private final List<Problem> problems = new ArrayList<>();

  private Callees(Map<String, Runbook> runbooks, Map<String, String> files, boolean all) {
    this.runbooks = runbooks;
    this.files = files;
    this.all = all;
  }

  /**
   * Looks at runbooks that are to be in force together.
   *
   * @param runbooks by name
   * @param files how problems name the file, by the name of the runbook
   * @param all whether there are no others
   */
  public static List<Problem> check(
      Map<String, Runbook> runbooks, Map<String, String> files, boolean all) {
    Callees callees = new Callees(runbooks, files, all);
    runbooks.values().forEach(callees::check);
    return callees.problems;
  }

  private void check(Runbook book) {
    Stream.concat(book.diagnose().stream(), book.conclude().stream())
        .flatMap(Callees::child)
        .forEach(child -> one(book, child, true));
    ladder(book).forEach(child -> one(book, child, false));
  }

  private static Stream<BuiltIn.Child> ladder(Runbook book) {
    return book.remediate().stream()
        .flatMap(rung -> rung.steps().stream())
        .flatMap(step -> child(step.step()));
  }

  private static Stream<BuiltIn.Child> every(Runbook book) {
    return Stream.concat(
        Stream.concat(book.diagnose().stream(), book.conclude().stream()).flatMap(Callees::child),
        ladder(book));
  }

  private static Stream<BuiltIn.Child> child(Step step) {
    return step.call().builtIn() instanceof BuiltIn.Child child ? Stream.of(child) : Stream.empty();
  }

  private void one(Runbook book, BuiltIn.Child child, boolean reads) {
    Runbook callee = runbooks.get(child.runbook());
    if (callee == null && !all) {
      return;
    }
    if (callee == null) {
      error(
          book,
          child,
          "unknown-runbook",
          "there is no runbook '" + child.runbook() + "'",
          Nearest.advice(child.runbook(), runbooks.keySet()));
      return;
    }
    List<String> ring = ring(book.name(), callee, List.of(book.name()));
    if (!ring.isEmpty()) {
      error(
          book, child, "cycle", "these runbooks call each other: " + String.join(" → ", ring), "");
      return;
    }
    if (reads && changes(callee, 0)) {
      error(
          book,
          child,
          "change-here",
          "'" + child.runbook() + "' can change something, and this step only reads or reports",
          "call it from the steps of a rung");
    }
    inputs(book, child, callee.contract());
  }

  /** The way from a runbook back to the first; empty when there is none. */
  private List<String> ring(String first, Runbook at, List<String> path) {
    List<String> here = new ArrayList<>(path);
    here.add(at.name());
    if (at.name().equals(first)) {
      return here;
    }
    if (path.contains(at.name())) {
      return List.of(); // another ring, which is reported where it begins
    }
    return every(at)
        .map(child -> runbooks.get(child.runbook()))
        .filter(next -> next != null)
        .map(next -> ring(first, next, here))
        .filter(ring -> !ring.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private boolean changes(Runbook book, int depth) {
    return !book.remediate().isEmpty()
        || (depth < runbooks.size()
            && every(book)
                .map(child -> runbooks.get(child.runbook()))
                .anyMatch(next -> next != null && changes(next, depth + 1)));
  }

  /** What can be known of what is given: which there are, and the types of plain values. */
  private void inputs(Runbook book, BuiltIn.Child child, Contract contract) {
    Map<String, Object> given = new LinkedHashMap<>();
    child
        .with()
        .forEach(
            (name, param) -> {
              Contract.Input input = contract.inputs().get(name);
              given.put(
                  name,
                  input == null || param instanceof Param.Literal
                      ? param.resolve(Map.of())
                      : sample(input.type()));
            });
    try {
      Object unused = contract.filled(given);
    } catch (IllegalArgumentException e) {
      error(
          book,
          child,
          "wrong-inputs",
          "'%s' cannot be called so: %s".formatted(child.runbook(), e.getMessage()),
          "it wants " + wants(contract));
    }
  }

  /** Stands for a value that is known only later. */
  private static Object sample(OutputType type) {
    return switch (type) {
      case STRING -> "x";
      case INTEGER -> 1L;
      case NUMBER -> 1.0;
      case BOOLEAN -> true;
      case LIST -> List.of();
      case OBJECT -> Map.of();
    };
  }

  private static String wants(Contract contract) {
    return contract.inputs().isEmpty()
        ? "nothing"
        : String.join(
            ", ",
            contract.inputs().entrySet().stream()
                .map(input -> input.getKey() + ": " + input.getValue().type().asText())
                .toList());
  }

  private void error(Runbook book, BuiltIn.Child at, String code, String message, String advice) {
    problems.add(
        new Problem(
            files.getOrDefault(book.name(), book.name()),
            at.line(),
            at.column(),
            Severity.ERROR,
            code,
            message,
            advice));
  }
}
