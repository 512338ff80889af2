package dev.firebreak.runbook;

import dev.firebreak.expression.Condition;
import dev.firebreak.expression.Template;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One fix of the ladder: a change or several, their limits, their proof and their undoing.
 *
 * @param id unique in the runbook
 * @param name for humans; the id when the author gave none
 * @param when tried only if true; null means always
 * @param targets keys of what the change touches; never empty
 * @param limit how often, or null when the author set none
 * @param cooldown how long the same fix on the same target rests after an intent; zero for none
 * @param approve who is asked first, or null
 * @param change the {@code do}; {@link Call#NOTHING} when it has steps
 * @param idempotent whether an interrupted change may be run again
 * @param retry how often a failed change is tried again
 * @param timeout bound of one attempt
 * @param artifact name under which the evidence is kept, or null
 * @param verify the proof
 * @param undo what takes the change back when it did not verify, or null when there is nothing to
 *     take back
 * @param deadline bound of the change with all its attempts and waits, or of all steps together;
 *     null when they alone bound it
 * @param steps what is done instead of one change, in the order of the file
 * @param lock what becomes of it when another run has its target, or waits for it
 * @param evidence what it is decided by, and how old that may be
 */
public record Rung(
    String id,
    String name,
    @Nullable Condition when,
    List<Template> targets,
    @Nullable Limit limit,
    Duration cooldown,
    @Nullable Approve approve,
    Call change,
    boolean idempotent,
    Retry retry,
    Duration timeout,
    @Nullable String artifact,
    @Nullable Verify verify,
    @Nullable Undo undo,
    @Nullable Duration deadline,
    List<RungStep> steps,
    LockMode lock,
    Freshness evidence) {
  public Rung {
    targets = List.copyOf(targets);
    steps = List.copyOf(steps);
  }

  /** A rung whose changes wait for their turn, and whose evidence does not age. */
  public Rung(
      String id,
      String name,
      @Nullable Condition when,
      List<Template> targets,
      @Nullable Limit limit,
      Duration cooldown,
      @Nullable Approve approve,
      Call change,
      boolean idempotent,
      Retry retry,
      Duration timeout,
      @Nullable String artifact,
      @Nullable Verify verify,
      @Nullable Undo undo,
      @Nullable Duration deadline,
      List<RungStep> steps) {
    this(
        id,
        name,
        when,
        targets,
        limit,
        cooldown,
        approve,
        change,
        idempotent,
        retry,
        timeout,
        artifact,
        verify,
        undo,
        deadline,
        steps,
        LockMode.QUEUE,
        Freshness.NONE);
  }

  /** A rung of a single change, without deadline. */
  public Rung(
      String id,
      String name,
      @Nullable Condition when,
      List<Template> targets,
      @Nullable Limit limit,
      Duration cooldown,
      @Nullable Approve approve,
      Call change,
      boolean idempotent,
      Retry retry,
      Duration timeout,
      @Nullable String artifact,
      @Nullable Verify verify,
      @Nullable Call undo) {
    this(
        id,
        name,
        when,
        targets,
        limit,
        cooldown,
        approve,
        change,
        idempotent,
        retry,
        timeout,
        artifact,
        verify,
        undo == null ? null : new Undo(undo, Retry.NONE, timeout, false),
        null,
        List.of());
  }

  /** The same rung with another lock mode. */
  public Rung locking(LockMode mode) {
    return new Rung(
        id,
        name,
        when,
        targets,
        limit,
        cooldown,
        approve,
        change,
        idempotent,
        retry,
        timeout,
        artifact,
        verify,
        undo,
        deadline,
        steps,
        mode,
        evidence);
  }

  /** The same rung, decided by this evidence. */
  public Rung by(Freshness fresh) {
    return new Rung(
        id,
        name,
        when,
        targets,
        limit,
        cooldown,
        approve,
        change,
        idempotent,
        retry,
        timeout,
        artifact,
        verify,
        undo,
        deadline,
        steps,
        lock,
        fresh);
  }

  /** The step with this id. */
  public Optional<RungStep> step(String stepId) {
    return steps.stream().filter(step -> step.id().equals(stepId)).findFirst();
  }

  /** The id of the step that proves this rung. */
  public String verifyId() {
    return id + ".verify";
  }

  /** What people fill in when they approve it. */
  public AnswerForm form() {
    return approve == null ? AnswerForm.NONE : approve.form();
  }

  /** The id under which a run keeps what they filled in. */
  public String answersId() {
    return id + "." + Address.ANSWERS;
  }

  /** The id of the step that takes this rung back. */
  public String undoId() {
    return id + ".undo";
  }
}
