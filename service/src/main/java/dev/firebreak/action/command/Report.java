package dev.firebreak.action.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firebreak.action.Equipment;
import dev.firebreak.action.Evidence;
import dev.firebreak.action.Excerpt;
import dev.firebreak.action.JsonValues;
import dev.firebreak.action.Outcome;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Masker;
import dev.firebreak.core.Reason;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a program's end means. */
record Report(
    Equipment equipment,
    String name,
    ProcessGroup group,
    ProcessGroup.End end,
    boolean changing,
    Duration timeout) {
  private static final int MAX_JSON = 256 * 1024;
  private static final int MAX_COMPLAINT = 300;

  Outcome judge(ExitExpectation expect) {
    byte[] stdout = group.stdout().bytes();
    byte[] stderr = group.stderr().bytes();
    Map<String, Object> output = output(stdout, stderr);
    List<Evidence> evidence = evidence(stdout, stderr);
    if (end != ProcessGroup.End.EXITED) {
      Reason reason = ended();
      return changing
          ? new Outcome.Unknown(reason, output, evidence)
          : new Outcome.Failed(reason, end == ProcessGroup.End.TIMED_OUT, output, evidence);
    }
    Integer exit = group.exit();
    if (exit == null || !expect.codes().contains(exit)) {
      return new Outcome.Failed(
          exited(exit == null ? -1 : exit, expect, stderr), true, output, evidence);
    }
    String wanted = expect.contains();
    if (wanted != null && !new String(stdout, UTF_8).contains(wanted)) {
      Reason reason =
          new Reason("unexpected-output", name + " did not write '" + wanted + "' to stdout");
      return new Outcome.Failed(reason, !changing, output, evidence);
    }
    return new Outcome.Succeeded(output, evidence);
  }

  private Reason ended() {
    String undead = group.exit() == null ? "; it could not be killed and still runs" : "";
    return end == ProcessGroup.End.TIMED_OUT
        ? new Reason(
            "timed-out",
            name + " did not end within " + Durations.text(timeout) + " and was killed" + undead)
        : new Reason("cancelled", name + " was cancelled and killed" + undead);
  }

  private Reason exited(int exit, ExitExpectation expect, byte[] stderr) {
    String codes = expect.codes().stream().map(String::valueOf).collect(Collectors.joining(" or "));
    String complaint = masker().mask(new String(stderr, UTF_8)).strip();
    String last = complaint.substring(complaint.lastIndexOf('\n') + 1).strip();
    return new Reason(
        "exit-" + exit,
        "%s ended with exit code %d, expected %s%s"
            .formatted(
                name, exit, codes, last.isEmpty() ? "" : ": " + Excerpt.of(last, MAX_COMPLAINT)));
  }

  private Masker masker() {
    return equipment.secrets().masker();
  }

  private Map<String, Object> output(byte[] stdout, byte[] stderr) {
    Map<String, Object> output = new LinkedHashMap<>();
    Integer exit = group.exit();
    if (end == ProcessGroup.End.EXITED && exit != null) {
      output.put("exit", (long) exit);
    }
    output.put("stdout", text(stdout, group.stdout().dropped()));
    output.put("stderr", text(stderr, group.stderr().dropped()));
    if (group.stdout().dropped() == 0 && stdout.length <= MAX_JSON && looksLikeJson(stdout)) {
      JsonValues.read(equipment.json(), stdout).ifPresent(json -> output.put("json", json));
    }
    output.put("truncated", group.stdout().dropped() + group.stderr().dropped() > 0);
    output.put("duration_ms", group.millis());
    return output;
  }

  private static boolean looksLikeJson(byte[] bytes) {
    return bytes.length > 1 && (bytes[0] == '{' || bytes[0] == '[');
  }

  private String text(byte[] bytes, long dropped) {
    return Excerpt.of(new String(marked(bytes, dropped), UTF_8));
  }

  /** Masked before it is cut any further, so that no half of a secret is left at an end. */
  private byte[] marked(byte[] bytes, long dropped) {
    if (dropped == 0) {
      return masker().mask(bytes);
    }
    ByteArrayOutputStream marked = new ByteArrayOutputStream();
    marked.writeBytes(masker().maskCut(bytes));
    marked.writeBytes(Excerpt.mark(dropped, "bytes").getBytes(UTF_8));
    return marked.toByteArray();
  }

  private List<Evidence> evidence(byte[] stdout, byte[] stderr) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(evidence("stdout.txt", stdout, group.stdout().dropped()));
    if (stderr.length > 0) {
      evidence.add(evidence("stderr.txt", stderr, group.stderr().dropped()));
    }
    return evidence;
  }

  private Evidence evidence(String file, byte[] bytes, long dropped) {
    return new Evidence(file, "text/plain; charset=utf-8", marked(bytes, dropped), dropped > 0);
  }
}
