package dev.firebreak.engine;

import dev.firebreak.run.Run;
import dev.firebreak.run.RunModel;
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
import java.util.TreeMap;

/**
 * Exactly what a change would do: what people are shown, and what their approval covers.
 *
 * @param params filled in, as the action gets them
 * @param targets filled in
 * @param shown secrets masked; JSON values only
 * @param hash SHA-256 over {@code shown}, hex
 */
record Plan(
    Map<String, Object> params, List<String> targets, Map<String, Object> shown, String hash) {

  /**
   * Fills a change in.
   *
   * @throws dev.firebreak.expression.ExpressionException when a value is missing
   */
  static Plan of(Run run, Runbook runbook, String step, Masking masking) {
    Map<String, Object> model = RunModel.of(run, runbook, step);
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
    return new Plan(params, targets, masked, hash(masked));
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
