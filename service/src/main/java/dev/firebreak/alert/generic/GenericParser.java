package dev.firebreak.alert.generic;

import dev.firebreak.alert.AlertDraft;
import dev.firebreak.alert.AlertFault;
import dev.firebreak.alert.AlertParser;
import dev.firebreak.alert.AlertText;
import dev.firebreak.alert.Headers;
import dev.firebreak.alert.JsonBody;
import dev.firebreak.alert.Parsed;
import dev.firebreak.alert.UnreadableBody;
import dev.firebreak.expression.Expression;
import dev.firebreak.expression.ExpressionException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads any JSON by a mapping. Elements whose expressions fail are set aside with the reason; the
 * others are kept. Immutable and thread-safe.
 */
public final class GenericParser implements AlertParser {
  private final String source;
  private final int maxAlerts;
  private final @Nullable Expression each;
  private final Expression status;
  private final @Nullable Expression fingerprint;
  private final @Nullable Expression startsAt;
  private final @Nullable Expression endsAt;
  private final Entries labels;
  private final Entries annotations;
  private final @Nullable Expression severity;
  private final @Nullable Expression summary;
  private final @Nullable Expression link;

  /**
   * Compiles a mapping.
   *
   * @param source the configured source's name
   * @param maxAlerts the most alerts of one body
   * @throws IllegalArgumentException naming the key whose expression does not compile
   */
  public GenericParser(String source, int maxAlerts, Mapping mapping) {
    Compiler compiler = new Compiler("source '" + source + "': mapping.");
    this.source = source;
    this.maxAlerts = maxAlerts;
    this.each = compiler.optional("each", mapping.each());
    this.status = compiler.expression("status", mapping.status());
    this.fingerprint = compiler.optional("fingerprint", mapping.fingerprint());
    this.startsAt = compiler.optional("starts_at", mapping.startsAt());
    this.endsAt = compiler.optional("ends_at", mapping.endsAt());
    this.labels = compiler.entries("labels", mapping.labels());
    this.annotations = compiler.entries("annotations", mapping.annotations());
    this.severity = compiler.optional("severity", mapping.severity());
    this.summary = compiler.optional("summary", mapping.summary());
    this.link = compiler.optional("link", mapping.link());
  }

  @Override
  public Parsed parse(byte[] body, Headers headers, Instant receivedAt) {
    Object payload = JsonBody.document(body);
    Map<String, Object> sent = headers.asModel();
    List<Parsed.Item> items = new ArrayList<>();
    int ignored = 0;
    for (Object element : elements(payload, sent)) {
      Parsed.Item item = item(model(element, sent), items.size() + ignored, receivedAt);
      if (item == null) {
        ignored++;
      } else {
        items.add(item);
      }
    }
    List<String> notes =
        ignored == 0 ? List.of() : List.of("elements the mapping ignores: " + ignored);
    return new Parsed(items, null, false, 0, notes);
  }

  private List<?> elements(@Nullable Object payload, Map<String, Object> headers) {
    if (each == null) {
      return java.util.Collections.singletonList(payload);
    }
    Object found;
    try {
      found = each.evaluate(model(payload, headers));
    } catch (ExpressionException e) {
      throw UnreadableBody.malformed("mapping.each: " + e.getMessage());
    }
    if (!(found instanceof List<?> list)) {
      throw UnreadableBody.malformed(
          "mapping.each must yield a list, not " + AlertText.shown(String.valueOf(found)));
    }
    if (list.size() > maxAlerts) {
      throw UnreadableBody.tooMany(maxAlerts);
    }
    return list;
  }

  private static Map<String, @Nullable Object> model(
      @Nullable Object payload, Map<String, Object> headers) {
    Map<String, @Nullable Object> model = new HashMap<>();
    model.put("payload", payload);
    model.put("headers", headers);
    return model;
  }

  private Parsed.@Nullable Item item(
      Map<String, @Nullable Object> model, int index, Instant receivedAt) {
    String key = "";
    try {
      String state = Values.text("status", Values.of("status", status, model));
      if (state == null || state.equals("ignore")) {
        return null;
      }
      String found = Values.text("fingerprint", Values.of("fingerprint", fingerprint, model));
      if (fingerprint != null && (found == null || found.isBlank())) {
        throw new AlertFault("mapping.fingerprint yields nothing");
      }
      key = found == null ? "" : AlertText.shown(found);
      return draft(state, found, model).checked(index, source, receivedAt);
    } catch (AlertFault e) {
      return new Parsed.Faulty(index, key, "alert " + index + ": " + e.getMessage());
    }
  }

  private AlertDraft draft(
      String state, @Nullable String key, Map<String, @Nullable Object> model) {
    return new AlertDraft(
        key,
        state,
        Values.of("starts_at", startsAt, model),
        Values.of("ends_at", endsAt, model),
        labels.of(model),
        annotations.of(model),
        Values.text("severity", Values.of("severity", severity, model)),
        Values.text("summary", Values.of("summary", summary, model)),
        Values.text("link", Values.of("link", link, model)));
  }
}
