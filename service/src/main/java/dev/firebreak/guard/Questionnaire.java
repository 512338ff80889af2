package dev.firebreak.guard;

import dev.firebreak.core.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What guards ask of one set of people. What others are to be asked comes after these have said
 * yes: nobody answers for them. Used by one thread.
 */
final class Questionnaire {
  private final List<String> guards = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private Decision.@Nullable Ask first;

  void add(String guard, Decision.Ask ask) {
    if (first == null) {
      first = ask;
    } else if (!first.by().equals(ask.by())) {
      return;
    }
    guards.add(guard);
    reasons.add(ask.why().text());
  }

  boolean none() {
    return first == null;
  }

  /** All questions as one. */
  Guards.Finding finding() {
    Decision.Ask ask = java.util.Objects.requireNonNull(first);
    Reason why = new Reason(ask.why().code(), String.join("; and ", reasons));
    return new Guards.Finding(guards.getFirst(), new Decision.Ask(ask.by(), why), guards);
  }
}
