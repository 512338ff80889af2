package dev.firebreak.simulation;

import dev.firebreak.runbook.ActionVocabulary;
import dev.firebreak.runbook.Loaded;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.RunbookLoader;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Random runbooks, each written as its author would and read by the real loader. Thread-safe. */
final class Books {
  static final int COUNT = 600;
  private static final long LINES = 0x11e5;
  private static final Map<Copy, Runbook> READ = new ConcurrentHashMap<>();

  /**
   * A runbook in one of its forms.
   *
   * @param aging its rungs go by evidence that grows old soon
   * @param lined its rungs wait in line, or do not, in all the ways there are
   */
  private record Copy(int number, boolean aging, boolean lined) {}

  private Books() {}

  /** What the simulated actions are called. */
  private static final class Vocabulary implements ActionVocabulary {
    @Override
    public Set<String> types() {
      return Set.of("probe", "fix", "tell");
    }

    @Override
    public Map<String, Object> schema(String type) {
      return Map.of(
          "type",
          "object",
          "additionalProperties",
          false,
          "properties",
          Map.of("at", Map.of("type", "string")));
    }

    @Override
    public boolean changes(String type, Map<String, Object> params) {
      return type.equals("fix");
    }
  }

  /** The runbook with this number in this form, the same on every day. */
  static Runbook of(int number, boolean aging, boolean lined) {
    return READ.computeIfAbsent(new Copy(number, aging, lined), Books::read);
  }

  private static Runbook read(Copy copy) {
    int number = copy.number();
    String text = text(number, new Dice(number));
    String aged = copy.aging() ? aged(text, new Dice(-1L - number)) : text;
    return read("book-" + number, copy.lined() ? lined(aged, new Dice(LINES ^ number)) : aged);
  }

  /** What waits for room and what does not, who gives way to whom, and who does not wait. */
  private static String lined(String text, Dice dice) {
    String queues =
        Pattern.compile("over: refuse")
            .matcher(text)
            .replaceAll(none -> dice.oneIn(2) ? "over: queue" : "over: refuse");
    return Pattern.compile("( {2}- id: fix\\d+\n)")
        .matcher(queues)
        .replaceAll(
            rung ->
                rung.group(1)
                    + "    lock: %s\n"
                        .formatted(dice.of("queue", "drop", "supersede", "supersede")));
  }

  private static String aged(String text, Dice dice) {
    if (!text.contains("- id: look0")) {
      return text;
    }
    return text.replace(
            "diagnose:\n",
            "evidence: {max_age: %s}\ndiagnose:\n".formatted(dice.of("10s", "30s", "2m")))
        .replaceAll("(- id: fix\\d+\n)( {4}target)", "$1    when: steps.look0.ok || true\n$2");
  }

  /** Reads a runbook that calls the simulated actions. */
  static Runbook read(String name, String text) {
    Loaded loaded = new RunbookLoader(new Vocabulary()).load(name + ".yml", text);
    Runbook book = loaded.runbook();
    if (book == null) {
      throw new IllegalStateException(loaded.errors() + "\n" + text);
    }
    return book;
  }

  private static String text(int number, Dice dice) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        runbook: book-%d
        owner: team
        on:
          alert: alert.labels.book == 'book-%d'
          incident: "{{alert.labels.key}}"
          on_resolve: %s
        vars: {host: "{{alert.labels.host}}"}
        """
            .formatted(number, number, dice.of("cancel", "cancel", "continue")));
    int looks = dice.from(0, 3);
    if (looks > 0) {
      text.append("diagnose:\n");
      for (int i = 0; i < looks; i++) {
        look(text, i, dice);
      }
    }
    int rungs = dice.of(0, 1, 1, 1, 2, 2, 3);
    if (rungs > 0) {
      text.append("remediate:\n");
      for (int i = 0; i < rungs; i++) {
        rung(text, number, i, looks, dice);
      }
    }
    if (dice.percent(70)) {
      text.append("escalate: {to: oncall}\n");
    }
    text.append(dice.percent(60) ? "finally:\n  - tell: {}\n" : "");
    return text.toString();
  }

  private static void look(StringBuilder text, int number, Dice dice) {
    text.append("  - id: look").append(number).append('\n');
    if (number > 0 && dice.oneIn(3)) {
      text.append("    needs: [look%d]\n".formatted(dice.below(number)));
    }
    text.append("    timeout: ").append(dice.of("2s", "10s")).append('\n');
    if (dice.oneIn(2)) {
      text.append("    retry: {attempts: %d, backoff: 1s}\n".formatted(dice.from(2, 3)));
    }
    text.append("    probe: {at: \"{{vars.host}}\"}\n");
  }

  private static void rung(StringBuilder text, int book, int number, int looks, Dice dice) {
    boolean asks = dice.oneIn(3);
    text.append("  - id: fix").append(number).append('\n');
    if (looks > 0 && dice.oneIn(3)) {
      text.append("    when: steps.look0.%s\n".formatted(dice.of("ok", "failed")));
    }
    text.append("    target: ")
        .append(
            dice.of(
                "\"host/{{vars.host}}\"",
                "\"host/{{vars.host}}\"",
                "[\"host/{{vars.host}}\", \"host/shared\"]"))
        .append('\n');
    text.append(
        "    limit: {max: %d, per: %s, over: %s}\n"
            .formatted(
                dice.from(1, 4),
                dice.of("2m", "10m", "1h"),
                asks ? dice.of("ask", "refuse") : "refuse"));
    if (dice.oneIn(4)) {
      text.append("    cooldown: ").append(dice.of("30s", "5m")).append('\n');
    }
    if (asks) {
      text.append(
          "    approve: {%sby: [ana, ben, cleo], quorum: %d, within: %s%s}\n"
              .formatted(
                  dice.oneIn(2) ? "when: limit.used > 0, " : "",
                  dice.from(1, 2),
                  dice.of("1m", "10m"),
                  dice.oneIn(3) ? ", then: [[dora]]" : ""));
    }
    StringBuilder one = new StringBuilder();
    one.append("    do: {fix: {at: \"{{vars.host}}\"}}\n");
    one.append("    idempotent: ").append(dice.oneIn(2)).append('\n');
    one.append("    timeout: ").append(dice.of("5s", "30s", "60s")).append('\n');
    if (dice.oneIn(2)) {
      one.append("    retry: {attempts: %d, backoff: 1s}\n".formatted(dice.from(2, 3)));
    }
    Dice own = new Dice(book * 31L + number); // so that books without steps stay as they are
    boolean several = own.oneIn(4);
    text.append(several ? steps(number, own) : one);
    text.append(
        "    verify: {probe: {at: \"{{vars.host}}\"}, settle: %s, within: %s, every: 2s, timeout: 2s%s}\n"
            .formatted(
                dice.of("0s", "5s"),
                dice.of("2s", "10s"),
                dice.oneIn(2) ? ", expect: output.fine == true" : ""));
    String undo = dice.oneIn(2) ? "    undo: {fix: {at: \"{{vars.host}}\"}}\n" : "    undo: null\n";
    text.append(several ? "" : undo);
  }

  /** Steps instead of one change: some of them over a list, some standing in for others. */
  private static String steps(int rung, Dice dice) {
    StringBuilder text = new StringBuilder("    steps:\n");
    int count = dice.from(2, 4);
    for (int i = 0; i < count; i++) {
      boolean changes = !dice.oneIn(4);
      text.append("      - id: s%d-%d\n".formatted(rung, i));
      if (i > 0 && dice.oneIn(2)) {
        text.append("        needs: [s%d-%d]\n".formatted(rung, dice.below(i)));
      }
      if (dice.oneIn(3)) {
        text.append(
            "        foreach: {in: [a, b, c, d], concurrency: %d, ramp: [1, 50%%], stop_after: %d}\n"
                .formatted(dice.from(1, 3), dice.from(1, 2)));
      }
      text.append(
          changes
              ? "        fix: {at: \"{{vars.host}}\"}\n        idempotent: %s\n        undo: %s\n"
                  .formatted(
                      dice.oneIn(2), dice.oneIn(3) ? "null" : "{fix: {at: \"{{vars.host}}\"}}")
              : "        probe: {at: \"{{vars.host}}\"}\n");
      text.append("        on_failure: ").append(dice.of("stop", "stop", "continue")).append('\n');
      if (dice.oneIn(2)) {
        text.append("        retry: {attempts: 2, backoff: 1s}\n");
      }
      if (dice.oneIn(4)) {
        text.append("        deadline: 2m\n");
      }
    }
    return text.toString();
  }
}
