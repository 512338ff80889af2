package dev.firebreak.runbook;

import dev.firebreak.expression.Escape;
import dev.firebreak.expression.Mustache;
import dev.firebreak.expression.Scope;
import dev.firebreak.runbook.YamlNode.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the one action of a step, and compiles its parameters for where they stand. */
final class CallReader {
  private final ActionVocabulary actions;
  private final Expressions expressions;
  private final Findings findings;

  CallReader(ActionVocabulary actions, Expressions expressions, Findings findings) {
    this.actions = actions;
    this.expressions = expressions;
    this.findings = findings;
  }

  /** Whether an action may change the outside world where it stands. */
  enum Kind {
    READS,
    CHANGES
  }

  /**
   * The call of a step.
   *
   * @param where for the error of a change that must not stand here
   */
  Call read(@Nullable YamlNode step, Scope scope, Kind kind, String where) {
    if (!(step instanceof YamlNode.Fields fields)) {
      return Call.NOTHING;
    }
    List<String> named =
        fields.fields().keySet().stream().filter(actions.types()::contains).toList();
    if (named.size() != 1) {
      wrong(fields, named);
      return Call.NOTHING;
    }
    String type = named.getFirst();
    Field field = fields.fields().get(type);
    if (field == null || !(field.value() instanceof YamlNode.Fields params)) {
      return Call.NOTHING;
    }
    check(type, field, params, kind, where);
    return new Call(type, compile(params, actions.schema(type), scope));
  }

  /** The call of a step that may wait, or call another runbook, as well. */
  Call step(YamlNode step, Scope scope, Kind kind, String where) {
    Map<String, Field> fields = YamlNode.fields(step);
    Field wait = fields.get(WaitReader.WORD);
    Field child = fields.get(ChildReader.WORD);
    if (wait == null && child == null) {
      return read(step, scope, kind, where);
    }
    alone(fields);
    return wait == null
        ? new ChildReader(this, new Values(findings)).read(fields.get(ChildReader.WORD), scope)
        : new WaitReader(this, actions.types(), expressions, findings).read(wait.value(), scope);
  }

  private void alone(Map<String, Field> fields) {
    List<Map.Entry<String, Field>> doing =
        fields.entrySet().stream()
            .filter(
                field ->
                    actions.types().contains(field.getKey())
                        || field.getKey().equals(WaitReader.WORD)
                        || field.getKey().equals(ChildReader.WORD))
            .toList();
    if (doing.size() > 1) {
      Field second = doing.get(1).getValue();
      findings.error(
          second.line(),
          second.column(),
          "two-actions",
          "a step has exactly one action, this one has %s and %s"
              .formatted(doing.getFirst().getKey(), doing.get(1).getKey()),
          "make two steps of it");
    }
  }

  /** What is given to another runbook. */
  Map<String, Param> given(@Nullable YamlNode with, Scope scope) {
    return with instanceof YamlNode.Fields fields ? compile(fields, Map.of(), scope) : Map.of();
  }

  /** Whether the action of a step changes something. */
  boolean changes(YamlNode step) {
    return YamlNode.fields(step).entrySet().stream()
        .filter(field -> actions.types().contains(field.getKey()))
        .anyMatch(field -> changes(field.getKey(), field.getValue().value()));
  }

  @SuppressWarnings("unchecked")
  private boolean changes(String type, YamlNode params) {
    return params instanceof YamlNode.Fields
        && YamlNode.plain(params) instanceof Map<?, ?> written
        && changes(type, (Map<String, Object>) written);
  }

  private void wrong(YamlNode.Fields step, List<String> named) {
    if (named.size() > 1) {
      Field second = step.fields().get(named.get(1));
      findings.error(
          second == null ? step.line() : second.line(),
          second == null ? step.column() : second.column(),
          "two-actions",
          "a step has exactly one action, this one has " + String.join(" and ", named),
          "make two steps of it");
      return;
    }
    boolean reported =
        step.fields().values().stream().anyMatch(f -> f.value() instanceof YamlNode.Fields);
    if (!reported) {
      findings.error(
          step,
          "no-action",
          "a step needs an action",
          "one of " + String.join(", ", actions.types().stream().sorted().toList()));
    }
  }

  private void check(String type, Field field, YamlNode.Fields params, Kind kind, String where) {
    @SuppressWarnings("unchecked")
    Map<String, Object> written = (Map<String, Object>) YamlNode.plain(params);
    if (kind == Kind.READS && changes(type, written == null ? Map.of() : written)) {
      findings.error(
          field.line(),
          field.column(),
          "change-here",
          "this " + type + " changes something, and " + where,
          "move it to `remediate`, or say that it reads if the action has a word for that");
    }
    PlainSecrets.check(params, findings);
  }

  private boolean changes(String type, Map<String, Object> written) {
    try {
      return actions.changes(type, written);
    } catch (ClassCastException | IllegalArgumentException e) {
      return false; // The parameters have the wrong shape, which was reported by the first pass.
    }
  }

  private Map<String, Param> compile(
      YamlNode.Fields params, Map<String, Object> schema, Scope scope) {
    Map<String, Param> compiled = new LinkedHashMap<>();
    params
        .fields()
        .forEach(
            (name, field) ->
                compiled.put(name, param(field.value(), below(schema, name), Escape.TEXT, scope)));
    return compiled;
  }

  private Param param(YamlNode node, Map<String, Object> schema, Escape inherited, Scope scope) {
    Escape escape = escape(schema, inherited);
    return switch (node) {
      case YamlNode.Items items ->
          new Param.Items(
              items.items().stream()
                  .map(item -> param(item, map(schema.get("items")), escape, scope))
                  .toList());
      case YamlNode.Fields fields -> {
        Map<String, Param> params = new LinkedHashMap<>();
        fields
            .fields()
            .forEach(
                (name, field) ->
                    params.put(name, param(field.value(), below(schema, name), escape, scope)));
        yield new Param.Fields(params);
      }
      case YamlNode.Scalar scalar -> single(scalar, escape, scope);
    };
  }

  Param single(YamlNode.Scalar scalar, Escape escape, Scope scope) {
    Object value = scalar.value();
    if (value == null) {
      findings.error(scalar, "wrong-type", "a parameter must not be empty", "leave it out");
      return new Param.Literal("");
    }
    return value instanceof String text && Mustache.isTemplate(text)
        ? new Param.Text(expressions.template(scalar, escape, scope))
        : new Param.Literal(value);
  }

  private static Escape escape(Map<String, Object> schema, Escape inherited) {
    Object context = schema.get("x-context");
    return context == null ? inherited : Escape.valueOf(String.valueOf(context));
  }

  private static Map<String, Object> below(Map<String, Object> schema, String name) {
    Map<String, Object> named = map(map(schema.get("properties")).get(name));
    return named.isEmpty() ? map(schema.get("additionalProperties")) : named;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object schema) {
    return schema instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
