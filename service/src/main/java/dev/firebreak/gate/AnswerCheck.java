package dev.firebreak.gate;

import dev.firebreak.core.Masker;
import dev.firebreak.gate.GateRefused.Kind;
import dev.firebreak.runbook.AnswerForm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Holds what people fill in against the form of a gate. The first answers are part of what is
 * approved: who approves later approves exactly these, or rejects. Thread-safe.
 */
final class AnswerCheck {
  private final Masker masker;

  AnswerCheck(Masker masker) {
    this.masker = masker;
  }

  /**
   * What a word answers, typed; nothing for a rejection.
   *
   * @throws GateRefused when it does not fit the form, or differs from what was answered before
   */
  Map<String, Object> of(Gate gate, GateDesk.Word word) {
    if (!word.approve()) {
      return Map.of();
    }
    AnswerForm.Filled filled = gate.form().fill(word.answers());
    Map<String, String> faults = new LinkedHashMap<>(filled.faults());
    filled.answers().forEach((name, value) -> secret(name, value, faults));
    if (!faults.isEmpty()) {
      throw new GateRefused(Kind.INVALID, sentence(faults), faults);
    }
    gate.answered().ifPresent(before -> same(gate, before, filled.answers()));
    return filled.answers();
  }

  private void secret(String name, Object value, Map<String, String> faults) {
    if (value instanceof String text && !masker.mask(text).equals(text)) {
      faults.put(name, "holds a secret, and answers are kept on the record");
    }
  }

  private static String sentence(Map<String, String> faults) {
    return faults.entrySet().stream()
        .map(fault -> "'%s' %s".formatted(fault.getKey(), fault.getValue()))
        .collect(Collectors.joining("; ", "the form is not filled in: ", ""));
  }

  private static void same(Gate gate, Gate.Vote before, Map<String, Object> answers) {
    Map<String, Object> standing = gate.answers();
    if (!standing.equals(answers)) {
      throw new GateRefused(
          Kind.CONFLICT,
          "%s approved with %s, and you say %s: approve exactly what stands, or reject"
              .formatted(before.person(), line(standing), line(answers)));
    }
  }

  /** Answers in one line. */
  static String line(Map<String, Object> answers) {
    return answers.entrySet().stream()
        .map(answer -> answer.getKey() + " = " + answer.getValue())
        .collect(Collectors.joining(", "));
  }
}
