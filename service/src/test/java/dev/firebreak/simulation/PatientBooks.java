package dev.firebreak.simulation;

import dev.firebreak.runbook.Runbook;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Random runbooks that wait for a time, a condition or a signal, and call one another. */
final class PatientBooks {
  static final int COUNT = 300;

  /** The steps that wait for a signal begin like this. */
  static final String WORD = "word";

  /** What they wait for. */
  static final String SIGNAL = "go";

  private static final Map<Integer, List<Runbook>> READ = new ConcurrentHashMap<>();

  private PatientBooks() {}

  /** The one with this number, which alerts start, and then those it calls. */
  static List<Runbook> of(int number) {
    return READ.computeIfAbsent(number, PatientBooks::read);
  }

  private static List<Runbook> read(int number) {
    Dice dice = new Dice(7_000_000L + number);
    String name = "patient-" + number;
    return List.of(
        Books.read(name, starts(name, dice)),
        Books.read(name + "-looks", looks(name, dice)),
        Books.read(name + "-deeper", deeper(name, dice)),
        Books.read(name + "-fixes", fixes(name, dice)));
  }

  private static String starts(String name, Dice dice) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        runbook: %s
        owner: team
        on:
          alert: alert.labels.book == '%s'
          incident: "{{alert.labels.key}}"
          on_resolve: %s
        vars: {host: "{{alert.labels.host}}"}
        %sdiagnose:
          - {id: look, probe: {at: "{{vars.host}}"}, timeout: 2s}
        """
            .formatted(
                name, name, dice.of("cancel", "continue"), dice.oneIn(4) ? "deadline: 5m\n" : ""));
    for (int i = dice.from(0, 3); i > 0; i--) {
      text.append("  - id: ").append(waitOrCall(name, i, "looks", "vars", dice));
    }
    if (dice.percent(80)) {
      rung(text, name, dice);
    }
    text.append(dice.percent(70) ? "escalate: {to: oncall}\n" : "");
    text.append(dice.percent(60) ? "finally:\n  - tell: {}\n" : "");
    return text.toString();
  }

  private static void rung(StringBuilder text, String name, Dice dice) {
    text.append(
        """
        remediate:
          - id: rung
            target: "host/{{vars.host}}"
            limit: {max: %d, per: 10m}
            steps:
        """
            .formatted(dice.from(2, 6)));
    int steps = dice.from(1, 4);
    for (int i = 0; i < steps; i++) {
      boolean after = i > 0 && dice.oneIn(2);
      text.append("      - id: ");
      text.append(
          dice.oneIn(2)
              ? "act%d\n        fix: {at: a}\n        idempotent: %s\n        undo: %s\n"
                  .formatted(i, dice.oneIn(2), dice.oneIn(2) ? "null" : "{fix: {at: a}}")
              : waitOrCall(name, 10 + i, "fixes", "vars", dice).replace("\n    ", "\n        "));
      text.append(after ? "        needs: [first]\n" : "");
      text.append("        on_failure: ").append(dice.of("stop", "continue")).append('\n');
    }
    text.append("      - id: first\n        probe: {at: a}\n        on_failure: continue\n");
    text.append("    verify: {probe: {at: a}, settle: 1s, within: 5s, timeout: 2s}\n");
  }

  /** The rest of a step, from its id on; indented as in {@code diagnose}. */
  private static String waitOrCall(String name, int i, String called, String from, Dice dice) {
    return switch (dice.below(6)) {
      case 0 -> "pause%d\n    wait: {for: %s}\n".formatted(i, dice.of("1s", "20s", "3m"));
      case 1 ->
          "until%d\n    wait: {probe: {at: a}, until: output.fine == true, every: 2s, backoff: 3, cap: 20s, within: %s}\n"
              .formatted(i, dice.of("5s", "1m"));
      case 2, 3 ->
          "%s%d\n    wait: {signal: %s, within: %s}\n"
              .formatted(WORD, i, SIGNAL, dice.of("1m", "10m", "30m"));
      default ->
          "call%d\n    runbook: {name: %s-%s, with: {host: \"{{%s.host}}\"}, within: %s}\n"
              .formatted(i, name, called, from, dice.of("1m", "20m"));
    };
  }

  private static String head(String name) {
    return "runbook: %s\nowner: team\ninputs: {host: {}}\n".formatted(name);
  }

  private static String looks(String name, Dice dice) {
    return head(name + "-looks")
        + "outputs: {fine: steps.look.ok}\ndiagnose:\n"
        + "  - {id: look, probe: {at: \"{{inputs.host}}\"}, timeout: 2s}\n"
        + (dice.oneIn(2) ? "  - id: " + waitOrCall(name, 20, "deeper", "inputs", dice) : "");
  }

  private static String deeper(String name, Dice dice) {
    return head(name + "-deeper")
        + "diagnose:\n"
        + "  - id: word30\n    wait: {signal: %s, within: %s}\n"
            .formatted(SIGNAL, dice.of("30s", "10m"));
  }

  private static String fixes(String name, Dice dice) {
    return head(name + "-fixes")
        + (dice.oneIn(3)
            ? "diagnose:\n  - id: " + waitOrCall(name, 40, "looks", "inputs", dice)
            : "")
        + """
        remediate:
          - id: fix
            target: "host/{{inputs.host}}"
            limit: {max: %d, per: 10m}
        %s    do: {fix: {at: a}}
            idempotent: %s
            verify: {probe: {at: a}, settle: 1s, within: 5s, timeout: 2s}
            undo: %s
        """
            .formatted(
                dice.from(1, 4),
                dice.oneIn(3) ? "    approve: {by: [ana, ben], within: 5m}\n" : "",
                dice.oneIn(2),
                dice.oneIn(2) ? "null" : "{fix: {at: a}}");
  }
}
