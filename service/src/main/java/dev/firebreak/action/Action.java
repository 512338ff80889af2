package dev.firebreak.action;

import java.util.Map;

/**
 * One thing a step can do. Thread-safe; called on virtual threads, many at once. Who calls it sees
 * to limits, intents, retries, time-outs and masking; the action says only what it did.
 */
public interface Action {
  /** The name runbooks call it by: {@code http}. */
  String type();

  /**
   * The JSON Schema of its parameters, as {@link dev.firebreak.runbook.ActionVocabulary#schema}
   * describes.
   */
  Map<String, Object> schema();

  /**
   * Whether a call with these parameters, as written, changes the outside world. When in doubt,
   * yes.
   */
  boolean changes(Map<String, Object> params);

  /**
   * Does it, once, and waits for the end. Must return soon after {@link Invocation#cancellation} is
   * cancelled. Never touches JDBC.
   *
   * @return what happened; a fault of the outside is an {@link Outcome}, never an exception
   * @throws BadParameter when a parameter, now filled in, cannot be used: nothing has been done
   */
  Outcome run(Invocation invocation);
}
