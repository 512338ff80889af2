package dev.firebreak.runbook;

import dev.firebreak.expression.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
 * @param deadline how old a run may become before it is ended
 * @param contract what it wants from a caller, and gives back
 * @param authors the people who wrote this version; empty when the file does not say
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
    Duration deadline,
    Contract contract,
    List<String> authors,
    String version,
    String source) {
  /** How old a run may become when its runbook does not say. */
  public static final Duration DEADLINE = Duration.ofDays(1);

  public Runbook {
    vars = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(vars));
    diagnose = List.copyOf(diagnose);
    remediate = List.copyOf(remediate);
    conclude = List.copyOf(conclude);
    tests = List.copyOf(tests);
    authors = List.copyOf(authors);
  }

  /** A runbook without tests, whose runs may take a day. */
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
        name,
        title,
        owner,
        on,
        vars,
        diagnose,
        remediate,
        escalate,
        conclude,
        List.of(),
        DEADLINE,
        Contract.NONE,
        List.of(),
        version,
        source);
  }

  /**
   * The rung a step of a run belongs to, be it the change, its proof or its undoing.
   *
   * @throws java.util.NoSuchElementException when it belongs to none
   */
  public Rung rungOf(String stepId) {
    return rung(Address.of(stepId).top()).orElseThrow();
  }

  /** The step within a rung that a step of a run is, or is an item or part of. */
  public Optional<RungStep> rungStep(String stepId) {
    Address address = Address.of(stepId);
    return rung(address.top()).flatMap(rung -> rung.step(address.step()));
  }

  /** The keys of what a change touches: its own, or else those of its rung. */
  public List<Template> targets(String stepId) {
    return rungStep(stepId)
        .map(RungStep::targets)
        .filter(own -> !own.isEmpty())
        .orElseGet(() -> rungOf(stepId).targets());
  }

  /** What people fill in when they approve a step; nothing unless it is the change of a rung. */
  public AnswerForm formOf(String stepId) {
    return rung(stepId).map(Rung::form).orElse(AnswerForm.NONE);
  }

  /** What humans call a change, or what takes it back. */
  public String nameOf(String stepId) {
    return rungStep(stepId).map(step -> step.step().name()).orElseGet(() -> rungOf(stepId).name());
  }

  /** What is written for a step of a run; empty for the call for help. */
  public Optional<Task> task(String stepId) {
    return Stream.concat(diagnose.stream(), conclude.stream())
        .filter(step -> step.id().equals(stepId))
        .findFirst()
        .map(step -> Task.of(step, false))
        .or(() -> inLadder(Address.of(stepId)));
  }

  private Optional<Task> inLadder(Address address) {
    Optional<Rung> rung = rung(address.top());
    if (address.step().isEmpty()) {
      return rung.flatMap(all -> part(address, Task.of(all), all.verify(), all.undo()));
    }
    return rung.flatMap(all -> all.step(address.step()))
        .flatMap(
            step ->
                part(address, Task.of(step.step(), step.idempotent()), step.verify(), step.undo()));
  }

  private static Optional<Task> part(
      Address address, Task change, @Nullable Verify verify, @Nullable Undo undo) {
    return switch (address.part()) {
      case Address.VERIFY -> Optional.ofNullable(verify).map(Task::of);
      case Address.UNDO -> Optional.ofNullable(undo).map(Task::of);
      default -> Optional.of(change);
    };
  }

  /** The rung with this id. */
  public Optional<Rung> rung(String id) {
    return remediate.stream().filter(rung -> rung.id().equals(id)).findFirst();
  }
}
