package dev.firebreak.expression;

import dev.firebreak.core.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which names stand below a name, as far as it is known when a file is loaded. */
sealed interface Shape {
  /** Between a rung and what people answer when they approve it. */
  String ANSWERS = ".answers.";

  /** Exactly these names. */
  record Fields(Map<String, Shape> known) implements Shape {}

  /** Any JSON: nothing is known. */
  record Open() implements Shape {}

  /** A single value: nothing stands below. */
  record Value() implements Shape {}

  /** A name that is not there. */
  record Fault(int index, String what, String advice) {}

  /** What a scope knows. */
  static Fields of(Scope scope) {
    Map<String, Shape> roots = new LinkedHashMap<>();
    if (scope.alert()) {
      roots.put("alert", alert());
    }
    if (scope.payload()) {
      roots.put("payload", new Open());
      roots.put("headers", new Open());
    }
    if (scope.run()) {
      roots.put("run", values(Set.of("id", "runbook", "outcome", "url", "started_by")));
      roots.put("incident", values(Set.of("id", "key", "title", "url")));
      roots.put("vars", values(scope.vars()));
      Map<String, Shape> inputs = new LinkedHashMap<>();
      scope.inputs().forEach(name -> inputs.put(name, new Open()));
      roots.put("inputs", new Fields(inputs));
      roots.put("steps", steps(scope.steps()));
    }
    if (scope.limit()) {
      roots.put("limit", values(Set.of("used", "max", "left")));
    }
    if (scope.change()) {
      roots.putAll(change());
    }
    scope.items().forEach(name -> roots.put(name, new Open()));
    if (scope.output()) {
      roots.put("output", new Open());
    }
    return new Fields(roots);
  }

  private static Map<String, Shape> change() {
    return Map.of(
        "runbook", values(Set.of("name", "title", "owner", "version")),
        "step", values(Set.of("id", "rung", "action", "idempotent", "undo")),
        "target", new Value(),
        "targets", new Open(),
        "incident", values(Set.of("id", "key", "title", "url")),
        "actor", values(Set.of("kind", "name")),
        "time", values(Set.of("date", "weekday", "clock", "zone", "hour", "minute")));
  }

  private static Fields alert() {
    Map<String, Shape> fields =
        new LinkedHashMap<>(
            values(
                    Set.of(
                        "source",
                        "fingerprint",
                        "status",
                        "starts_at",
                        "ends_at",
                        "severity",
                        "summary",
                        "link"))
                .known());
    fields.put("labels", new Open());
    fields.put("annotations", new Open());
    return new Fields(fields);
  }

  private static Fields steps(Set<String> ids) {
    Map<String, Shape> steps = new LinkedHashMap<>();
    for (String id : ids) {
      if (id.indexOf('.') < 0) {
        Map<String, Shape> fields = new LinkedHashMap<>(step().known());
        ids.stream()
            .filter(part -> part.startsWith(id + ".") && !part.startsWith(id + ANSWERS))
            .forEach(part -> fields.put(part.substring(id.length() + 1), step()));
        steps.put(id, new Fields(fields));
      }
    }
    answers(ids).forEach((id, names) -> answered(steps, id, new Fields(names)));
    return new Fields(steps);
  }

  /** What people answer, by the rung they approve with it. */
  private static Map<String, Map<String, Shape>> answers(Set<String> ids) {
    Map<String, Map<String, Shape>> answers = new LinkedHashMap<>();
    for (String id : ids) {
      int at = id.indexOf(ANSWERS);
      if (at > 0) {
        answers
            .computeIfAbsent(id.substring(0, at), rung -> new LinkedHashMap<>())
            .put(id.substring(at + ANSWERS.length()), new Value());
      }
    }
    return answers;
  }

  /** Of a rung that has not run yet, nothing else is known. */
  private static void answered(Map<String, Shape> steps, String id, Fields answers) {
    Map<String, Shape> fields = new LinkedHashMap<>();
    if (steps.get(id) instanceof Fields known) {
      fields.putAll(known.known());
    }
    fields.put("answers", answers);
    steps.put(id, new Fields(fields));
  }

  private static Fields step() {
    Map<String, Shape> fields =
        new LinkedHashMap<>(
            values(Set.of("status", "ok", "failed", "skipped", "attempt", "reason")).known());
    fields.put("output", new Open());
    return new Fields(fields);
  }

  private static Fields values(Set<String> names) {
    return each(names, new Value());
  }

  private static Fields each(Set<String> names, Shape shape) {
    Map<String, Shape> fields = new LinkedHashMap<>();
    names.forEach(name -> fields.put(name, shape));
    return new Fields(fields);
  }

  /** The first name of a path that cannot be there. */
  default Optional<Fault> fault(List<String> path) {
    Shape shape = this;
    for (int i = 0; i < path.size(); i++) {
      String name = path.get(i);
      switch (shape) {
        case Open open -> {
          return Optional.empty();
        }
        case Value value -> {
          String parent = String.join(".", path.subList(0, i));
          return Optional.of(
              new Fault(i, parent + " is a single value: it has no '" + name + "'", ""));
        }
        case Fields fields -> {
          Shape next = fields.known().get(name);
          if (next == null) {
            return Optional.of(fault(path, i, fields));
          }
          shape = next;
        }
      }
    }
    return Optional.empty();
  }

  private static Fault fault(List<String> path, int index, Fields fields) {
    String name = path.get(index);
    String parent = String.join(".", path.subList(0, index));
    String what =
        switch (parent) {
          case "" -> "nothing here is called '" + name + "'";
          case "steps" -> "no step '" + name + "' has surely run before this";
          case "vars" -> "there is no var '" + name + "'";
          default -> parent + " has no '" + name + "'";
        };
    return new Fault(index, what, Nearest.advice(name, fields.known().keySet()));
  }

  /** What a path leads to, empty when it leads nowhere. */
  default Optional<Shape> at(List<String> path) {
    Shape shape = this;
    for (String name : path) {
      if (!(shape instanceof Fields fields)) {
        return Optional.of(shape);
      }
      Shape next = fields.known().get(name);
      if (next == null) {
        return Optional.empty();
      }
      shape = next;
    }
    return Optional.of(shape);
  }
}
