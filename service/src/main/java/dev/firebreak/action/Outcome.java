package dev.firebreak.action;

import dev.firebreak.core.Message;
import dev.firebreak.core.Reason;
import java.util.List;
import java.util.Map;

/** How one attempt ended. */
public sealed interface Outcome {
  /** What the steps after this one see as {@code steps.<id>.output}; JSON values only. */
  Map<String, Object> output();

  /** What was found; kept as artifacts where the runbook asks for it. */
  List<Evidence> evidence();

  /**
   * It worked.
   *
   * @param messages what must now reach the outside; committed together with this outcome
   */
  record Succeeded(Map<String, Object> output, List<Evidence> evidence, List<Message> messages)
      implements Outcome {
    public Succeeded(Map<String, Object> output, List<Evidence> evidence) {
      this(output, evidence, List.of());
    }
  }

  /**
   * It did not work, and surely changed nothing more.
   *
   * @param retryable whether another try may help
   */
  record Failed(
      Reason reason, boolean retryable, Map<String, Object> output, List<Evidence> evidence)
      implements Outcome {
    public Failed(Reason reason, boolean retryable) {
      this(reason, retryable, Map.of(), List.of());
    }
  }

  /** It may or may not have happened: a request was sent and no answer came. */
  record Unknown(Reason reason, Map<String, Object> output, List<Evidence> evidence)
      implements Outcome {
    public Unknown(Reason reason) {
      this(reason, Map.of(), List.of());
    }
  }
}
