package dev.firebreak.run;

import dev.firebreak.core.Reason;
import dev.firebreak.runbook.OutputType;
import java.util.Map;
import java.util.Optional;

/** Holds what a step brought against what its author said would come. */
final class Typed {
  private Typed() {}

  /** What is missing or of another type, the first of it. */
  static Optional<Reason> fault(Map<String, OutputType> written, Map<String, Object> brought) {
    for (Map.Entry<String, OutputType> field : written.entrySet()) {
      Object value = brought.get(field.getKey());
      if (value == null || !field.getValue().fits(value)) {
        return Optional.of(
            new Reason(
                Rollback.WRONG_OUTPUT,
                "its output '%s' must be %s, and is %s"
                    .formatted(
                        field.getKey(),
                        article(field.getValue().asText()),
                        value == null ? "not there" : article(OutputType.of(value)))));
      }
    }
    return Optional.empty();
  }

  private static String article(String type) {
    return ("aeiou".indexOf(type.charAt(0)) < 0 ? "a " : "an ") + type;
  }
}
