package dev.firebreak.engine;

import dev.firebreak.gate.Gate;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunModel;
import dev.firebreak.runbook.AnswerForm;
import dev.firebreak.runbook.Call;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Task;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Exactly what a change would do: what people are shown, and what their approval covers.
 *
 * @param params filled in, as the action gets them
 * @param targets filled in
 * @param shown secrets masked; JSON values only
 * @param answers what people filled in, or the defaults when nobody was asked; null when a form is
 *     there that nobody has answered: then it can only be asked about
 * @param hash SHA-256 over {@code shown}, hex
 */
record Plan(
    Map<String, Object> params,
    List<String> targets,
    Map<String, Object> shown,
    String hash,
    @Nullable Map<String, Object> answers) {

  /**
   * Fills a change in.
   *
   * @throws dev.firebreak.expression.ExpressionException when a value is missing
   */
  static Plan of(Run run, Runbook runbook, String step, Masking masking, Optional<Gate> gate) {
    Map<String, Object> model = RunModel.of(run, runbook, step);
    AnswerForm form = runbook.formOf(step);
    if (form.isEmpty()) {
      return shown(run, runbook, step, masking, model);
    }
    Plan plan =
        shown(run, runbook, step, masking, RunModel.answered(model, step, form.places()))
            .asking(form, masking);
    Map<String, Object> answers =
        gate.filter(given -> given.status() == Gate.Status.APPROVED)
            .filter(given -> given.planHash().equals(plan.hash()))
            .map(given -> form.fill(given.answers()))
            .filter(filled -> filled.faults().isEmpty())
            .map(AnswerForm.Filled::answers)
            .or(form::defaults)
            .orElse(null);
    Call call = runbook.task(step).orElseThrow().call();
    return answers == null
        ? plan
        : plan.answered(call.resolve(RunModel.answered(model, step, answers)), answers);
  }

  /** The same, which says what is to be filled in. */
  private Plan asking(AnswerForm form, Masking masking) {
    Map<String, Object> asking = form.shown(shown);
    asking.putAll(masking.fields(Map.of(AnswerForm.KEY, form.asModel())));
    return new Plan(params, targets, asking, hash(asking), null);
  }

  private Plan answered(Map<String, Object> filled, Map<String, Object> given) {
    return new Plan(filled, targets, shown, hash, given);
  }

  private static Plan shown(
      Run run, Runbook runbook, String step, Masking masking, Map<String, Object> model) {
    Task task = runbook.task(step).orElseThrow();
    Call call = task.call();
    List<String> targets =
        runbook.targets(step).stream().map(target -> target.render(model)).toList();
    Map<String, Object> params = call.resolve(model);
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("runbook", run.runbook());
    shown.put("version", run.version());
    shown.put("step", step);
    shown.put("name", runbook.nameOf(step));
    shown.put("action", call.action());
    shown.put("params", params);
    shown.put("targets", targets);
    shown.put("idempotent", task.idempotent());
    Map<String, Object> masked = masking.fields(shown);
    return new Plan(params, targets, masked, hash(masked), Map.of());
  }

  /** Answers in one line. */
  static String line(Map<String, Object> answers) {
    return answers.entrySet().stream()
        .map(answer -> answer.getKey() + " = " + answer.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String hash(Map<String, Object> shown) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(canonical(shown).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** One text for one value: keys sorted, lengths said, so that no two plans share it. */
  private static String canonical(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        TreeMap<String, String> sorted = new TreeMap<>();
        map.forEach((name, item) -> sorted.put(String.valueOf(name), canonical(item)));
        yield "{" + sorted.size() + sorted + "}";
      }
      case List<?> list -> "[" + list.size() + list.stream().map(Plan::canonical).toList() + "]";
      default -> {
        String text = String.valueOf(value);
        yield text.length() + ":" + text;
      }
    };
  }
}
