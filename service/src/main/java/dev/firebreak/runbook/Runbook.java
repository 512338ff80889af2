package dev.firebreak.runbook;

import dev.firebreak.expression.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of a runbook: what starts it, what it looks at, what it may change, how that is
 * proven and undone, and whom it calls. Immutable.
 *
 * @param name unique among the runbooks: lower-case words joined by hyphens
 * @param title for humans
 * @param owner the team that answers for it
 * @param on which alerts start it
 * @param vars named texts, filled in when a run starts; in the order of the file
 * @param diagnose reading steps; parallel unless {@code needs} says otherwise
 * @param remediate the ladder: each rung is tried only if the one before did not verify
 * @param escalate whom to call, or null
 * @param conclude the {@code finally} steps, in order
 * @param tests what the author expects of it
 * @param version SHA-256 of the file's text, in hex
 * @param source the file's text
 */
public record Runbook(
    String name,
    String title,
    String owner,
    Trigger on,
    Map<String, Template> vars,
    List<Step> diagnose,
    List<Rung> remediate,
    @Nullable Escalate escalate,
    List<Step> conclude,
    List<RunbookCase> tests,
    String version,
    String source) {
  public Runbook {
    vars = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(vars));
    diagnose = List.copyOf(diagnose);
    remediate = List.copyOf(remediate);
    conclude = List.copyOf(conclude);
    tests = List.copyOf(tests);
  }

  /** A runbook without tests. */
  public Runbook(
      String name,
      String title,
      String owner,
      Trigger on,
      Map<String, Template> vars,
      List<Step> diagnose,
      List<Rung> remediate,
      @Nullable Escalate escalate,
      List<Step> conclude,
      String version,
      String source) {
    this(
        name, title, owner, on, vars, diagnose, remediate, escalate, conclude, List.of(), version,
        source);
  }

  /**
   * The rung a step of a run belongs to, be it the change, its proof or its undoing.
   *
   * @throws java.util.NoSuchElementException when it belongs to none
   */
  public Rung rungOf(String stepId) {
    int dot = stepId.lastIndexOf('.');
    return rung(dot < 0 ? stepId : stepId.substring(0, dot)).orElseThrow();
  }

  /** The rung with this id. */
  public Optional<Rung> rung(String id) {
    return remediate.stream().filter(rung -> rung.id().equals(id)).findFirst();
  }
}
