package dev.firebreak.runbook;

import dev.firebreak.runbook.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The problems of one file as they are found; one error for each place is enough. */
final class Findings {
  private static final int MOST = 200;

  private final String file;
  private final List<Problem> problems = new ArrayList<>();

  Findings(String file) {
    this.file = file;
  }

  void error(YamlNode at, String code, String message, String advice) {
    error(at.line(), at.column(), code, message, advice);
  }

  void error(int line, int column, String code, String message, String advice) {
    boolean known =
        problems.size() >= MOST
            || problems.stream()
                .anyMatch(
                    problem ->
                        problem.line() == line
                            && problem.column() == column
                            && problem.severity() == Severity.ERROR);
    if (!known) {
      add(line, column, Severity.ERROR, code, message, advice);
    }
  }

  void warning(YamlNode at, String code, String message, String advice) {
    add(at.line(), at.column(), Severity.WARNING, code, message, advice);
  }

  private void add(
      int line, int column, Severity severity, String code, String message, String advice) {
    if (problems.size() < MOST) {
      problems.add(new Problem(file, line, column, severity, code, shown(message), shown(advice)));
    }
  }

  /** One line, whatever stood in the file. */
  private static String shown(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(400)
        .forEach(
            point -> {
              int type = Character.getType(point);
              boolean seen =
                  !Character.isISOControl(point)
                      && type != Character.FORMAT
                      && type != Character.LINE_SEPARATOR
                      && type != Character.PARAGRAPH_SEPARATOR
                      && type != Character.SURROGATE;
              line.append(seen ? Character.toString(point) : "\\u%04x".formatted(point));
            });
    return line.toString();
  }

  boolean refused() {
    return problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
  }

  List<Problem> sorted() {
    return problems.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }
}
