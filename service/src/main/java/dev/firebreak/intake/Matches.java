package dev.firebreak.intake;

import dev.firebreak.alert.Alert;
import dev.firebreak.alert.AlertText;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.runbook.Runbook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which runbooks want an alert, and why the others do not. Pure.
 *
 * @param wanted in the order of the runbooks
 * @param reasons for every other runbook: why not
 */
record Matches(List<Match> wanted, Map<String, String> reasons) {
  /** What is said of a runbook whose condition is simply false. */
  static final String NOT_MET = "its condition is not met";

  static final Matches NONE = new Matches(List.of(), Map.of());

  private static final int MAX_KEY = 400;

  Matches {
    wanted = List.copyOf(wanted);
    reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
  }

  /**
   * Asks every runbook.
   *
   * @param brief whether conditions that are simply false go without saying
   */
  static Matches of(List<Runbook> runbooks, Alert alert, boolean brief) {
    Map<String, Object> model = Map.of("alert", alert.asModel());
    List<Match> wanted = new ArrayList<>();
    Map<String, String> reasons = new LinkedHashMap<>();
    for (Runbook runbook : runbooks) {
      try {
        ask(runbook, model, wanted, reasons, brief);
      } catch (RuntimeException e) {
        // One bad runbook must not keep alerts from the others.
        reasons.put(runbook.name(), "its condition failed: " + e.getClass().getSimpleName());
      }
    }
    return new Matches(wanted, reasons);
  }

  private static void ask(
      Runbook runbook,
      Map<String, Object> model,
      List<Match> wanted,
      Map<String, String> reasons,
      boolean brief) {
    if (!met(runbook, model, reasons)) {
      if (!brief) {
        reasons.putIfAbsent(runbook.name(), NOT_MET);
      }
      return;
    }
    try {
      String key = runbook.on().incident().render(model).strip();
      if (key.isEmpty()) {
        reasons.put(runbook.name(), "its incident key is blank for this alert: no run");
      } else if (key.length() > MAX_KEY) {
        reasons.put(runbook.name(), "its incident key is longer than " + MAX_KEY + " characters");
      } else {
        wanted.add(new Match(runbook, key));
      }
    } catch (ExpressionException e) {
      reasons.put(runbook.name(), "its incident key cannot be written: " + message(e));
    }
  }

  private static boolean met(
      Runbook runbook, Map<String, Object> model, Map<String, String> reasons) {
    try {
      return runbook.on().alert().test(model);
    } catch (ExpressionException e) {
      reasons.put(runbook.name(), "its condition cannot be answered: " + message(e));
      return false;
    }
  }

  private static String message(ExpressionException e) {
    return AlertText.line(String.valueOf(e.getMessage()));
  }
}
