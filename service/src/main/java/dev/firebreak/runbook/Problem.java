package dev.firebreak.runbook;

/**
 * One thing that is wrong, or unwise, in a runbook file.
 *
 * @param file as given to the loader
 * @param line from 1
 * @param column from 1
 * @param severity an error refuses the file; a warning does not
 * @param code for machines: {@code unknown-key}
 * @param message what is wrong
 * @param advice what to do: expected values, "did you mean"; may be empty
 */
public record Problem(
    String file,
    int line,
    int column,
    Severity severity,
    String code,
    String message,
    String advice) {
  /** How bad it is. */
  public enum Severity {
    ERROR,
    WARNING
  }

  /** One line, as compilers write them: {@code file:line:column: error: message (advice)}. */
  public String asLine() {
    return "%s:%d:%d: %s: %s%s"
        .formatted(
            file,
            line,
            column,
            severity.name().toLowerCase(java.util.Locale.ROOT),
            message,
            advice.isEmpty() ? "" : " (" + advice + ")");
  }
}
