package dev.firebreak.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types of what expressions see. The values are plain maps; only the checker knows these. */
final class CelTypes implements CelTypeProvider {
  private static final CelType TEXTS = MapType.create(SimpleType.STRING, SimpleType.STRING);

  static final StructType ALERT =
      struct(
          "alert",
          texts(
              List.of(
                  "source",
                  "fingerprint",
                  "status",
                  "starts_at",
                  "ends_at",
                  "severity",
                  "summary",
                  "link"),
              Map.of("labels", TEXTS, "annotations", TEXTS)));
  static final StructType RUN =
      struct("run", texts(List.of("id", "runbook", "outcome", "url", "started_by"), Map.of()));
  static final StructType INCIDENT =
      struct("incident", texts(List.of("id", "key", "title", "url"), Map.of()));
  static final StructType LIMIT =
      struct(
          "limit", Map.of("used", SimpleType.INT, "max", SimpleType.INT, "left", SimpleType.INT));
  static final StructType RUNBOOK =
      struct("runbook", texts(List.of("name", "title", "owner", "version"), Map.of()));
  static final StructType CHANGE =
      struct(
          "change",
          texts(
              List.of("id", "rung", "action"),
              Map.of("idempotent", SimpleType.BOOL, "undo", SimpleType.BOOL)));
  static final StructType ACTOR = struct("actor", texts(List.of("kind", "name"), Map.of()));
  static final StructType TIME =
      struct(
          "time",
          texts(
              List.of("date", "weekday", "clock", "zone"),
              Map.of("hour", SimpleType.INT, "minute", SimpleType.INT)));
  private static final Map<String, CelType> STEP_FIELDS =
      Map.of(
          "status", SimpleType.STRING,
          "ok", SimpleType.BOOL,
          "failed", SimpleType.BOOL,
          "skipped", SimpleType.BOOL,
          "attempt", SimpleType.INT,
          "reason", SimpleType.STRING,
          "output", SimpleType.DYN);

  /** A rung's proof or undoing. */
  private static final StructType PART = struct("part", STEP_FIELDS);

  static final StructType STEP = struct("step", withParts());

  private static Map<String, CelType> withParts() {
    Map<String, CelType> fields = new LinkedHashMap<>(STEP_FIELDS);
    fields.put("verify", PART);
    fields.put("undo", PART);
    fields.put("answers", MapType.create(SimpleType.STRING, SimpleType.DYN));
    return fields;
  }

  private static final ImmutableMap<String, CelType> BY_NAME =
      Maps.uniqueIndex(
          List.of(ALERT, RUN, INCIDENT, LIMIT, STEP, PART, RUNBOOK, CHANGE, ACTOR, TIME),
          CelType::name);

  /** The variables of a scope. */
  static Map<String, CelType> variables(Scope scope) {
    Map<String, CelType> types = new LinkedHashMap<>();
    if (scope.alert()) {
      types.put("alert", ALERT);
    }
    if (scope.payload()) {
      types.put("payload", SimpleType.DYN);
      types.put("headers", TEXTS);
    }
    if (scope.run()) {
      types.put("run", RUN);
      types.put("incident", INCIDENT);
      types.put("vars", TEXTS);
      types.put("inputs", MapType.create(SimpleType.STRING, SimpleType.DYN));
      types.put("steps", MapType.create(SimpleType.STRING, STEP));
    }
    if (scope.limit()) {
      types.put("limit", LIMIT);
    }
    if (scope.change()) {
      types.put("runbook", RUNBOOK);
      types.put("step", CHANGE);
      types.put("target", SimpleType.STRING);
      types.put("targets", ListType.create(SimpleType.STRING));
      types.put("incident", INCIDENT);
      types.put("actor", ACTOR);
      types.put("time", TIME);
    }
    scope.items().forEach(name -> types.put(name, SimpleType.DYN));
    if (scope.output()) {
      types.put("output", SimpleType.DYN);
    }
    return types;
  }

  private static Map<String, CelType> texts(List<String> names, Map<String, CelType> others) {
    Map<String, CelType> fields = new LinkedHashMap<>(others);
    names.forEach(name -> fields.put(name, SimpleType.STRING));
    return fields;
  }

  private static StructType struct(String name, Map<String, CelType> named) {
    ImmutableMap<String, CelType> fields = ImmutableMap.copyOf(named);
    return StructType.create(
        "firebreak." + name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return BY_NAME.values();
  }

  @Override
  public Optional<CelType> findType(String typeName) {
    return Optional.ofNullable(BY_NAME.get(typeName));
  }
}
