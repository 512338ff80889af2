package dev.firebreak.runbook;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What kind of value a field of a form takes. There is none for secrets: answers are recorded. */
public enum FormType {
  TEXT,
  INTEGER,
  NUMBER,
  BOOLEAN,
  CHOICE,
  DURATION;

  /** {@code integer}, as the file writes it. */
  public String asText() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of this name. */
  static Optional<FormType> named(String word) {
    return Stream.of(values()).filter(type -> type.asText().equals(word)).findFirst();
  }
}
