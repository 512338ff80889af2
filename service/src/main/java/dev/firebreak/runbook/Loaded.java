package dev.firebreak.runbook;

import dev.firebreak.runbook.Problem.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file.
 *
 * @param runbook null when any problem is an error
 * @param problems all that is wrong or unwise, in the order of the file
 */
public record Loaded(@Nullable Runbook runbook, List<Problem> problems) {
  public Loaded {
    problems = List.copyOf(problems);
  }

  /** The problems that refuse the file. */
  public List<Problem> errors() {
    return problems.stream().filter(problem -> problem.severity() == Severity.ERROR).toList();
  }
}
