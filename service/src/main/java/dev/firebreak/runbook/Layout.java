package dev.firebreak.runbook;

import dev.firebreak.core.Nearest;
import dev.firebreak.expression.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which steps a file has, and which of them have surely ended before which. */
final class Layout {
  /** The id of the call for help. */
  static final String ESCALATE = "escalate";

  private final Findings findings;
  private final Set<String> vars = new LinkedHashSet<>();
  private final Map<String, List<String>> needs = new LinkedHashMap<>();
  private final List<String> rungs = new ArrayList<>();
  private final Set<String> parts = new LinkedHashSet<>();
  private final List<String> reports = new ArrayList<>();
  private final boolean escalates;
  private final Map<String, YamlNode> places = new HashMap<>();

  Layout(YamlNode root, Findings findings) {
    this.findings = findings;
    vars.addAll(YamlNode.fields(YamlNode.at(root, "vars")).keySet());
    escalates = YamlNode.at(root, "escalate") != null;
    for (YamlNode step : YamlNode.items(YamlNode.at(root, "diagnose"))) {
      diagnosis(step);
    }
    for (YamlNode rung : YamlNode.items(YamlNode.at(root, "remediate"))) {
      rung(rung);
    }
    int number = 0;
    for (YamlNode report : YamlNode.items(YamlNode.at(root, "finally"))) {
      String id = reportId(report, ++number);
      if (unique(id, report)) {
        reports.add(id);
      }
    }
    checkNeeds(YamlNode.items(YamlNode.at(root, "diagnose")));
  }

  static String reportId(YamlNode report, int number) {
    String id = YamlNode.text(YamlNode.at(report, "id"));
    return id == null ? "finally-" + number : id;
  }

  private void diagnosis(YamlNode step) {
    String id = YamlNode.text(YamlNode.at(step, "id"));
    if (id != null && unique(id, step)) {
      needs.put(id, new Values(findings).texts(YamlNode.at(step, "needs")));
    }
  }

  private void rung(YamlNode rung) {
    String id = YamlNode.text(YamlNode.at(rung, "id"));
    if (id != null && unique(id, rung)) {
      rungs.add(id);
      for (String part : List.of("verify", "undo")) {
        if (YamlNode.at(rung, part) instanceof YamlNode.Fields) {
          parts.add(id + "." + part);
        }
      }
    }
  }

  private boolean unique(String id, YamlNode step) {
    YamlNode at = YamlNode.at(step, "id") == null ? step : YamlNode.at(step, "id");
    YamlNode place = at == null ? step : at;
    if (id.equals(ESCALATE)) {
      findings.error(place, "reserved-id", "the id 'escalate' is the call for help's", "");
      return false;
    }
    YamlNode before = places.putIfAbsent(id, place);
    if (before != null) {
      findings.error(
          place,
          "duplicate-id",
          "the id '" + id + "' is taken",
          "the first is on line " + before.line());
    }
    return before == null;
  }

  private void checkNeeds(List<YamlNode> steps) {
    for (YamlNode step : steps) {
      for (YamlNode need : YamlNode.items(YamlNode.at(step, "needs"))) {
        String id = YamlNode.text(need);
        if (id != null && !needs.containsKey(id)) {
          findings.error(
              need,
              "unknown-step",
              "there is no diagnose step '" + id + "'",
              Nearest.advice(id, needs.keySet()));
        }
      }
    }
    Set<String> done = new LinkedHashSet<>();
    for (String id : needs.keySet()) {
      cycle(id, new ArrayList<>(), done);
    }
  }

  private void cycle(String id, List<String> path, Set<String> done) {
    int before = path.indexOf(id);
    if (before >= 0) {
      List<String> ring = new ArrayList<>(path.subList(before, path.size()));
      ring.add(id);
      YamlNode place = places.get(id);
      if (place != null) {
        findings.error(
            place, "cycle", "these steps wait for each other: " + String.join(" → ", ring), "");
      }
      return;
    }
    if (done.add(id)) {
      path.add(id);
      needs.getOrDefault(id, List.of()).forEach(need -> cycle(need, path, done));
      path.removeLast();
    }
  }

  /** What a var sees: the alert, and the vars above it. */
  Scope var(String name) {
    Set<String> above = new LinkedHashSet<>();
    for (String var : vars) {
      if (var.equals(name)) {
        break;
      }
      above.add(var);
    }
    return new Scope(true, false, true, false, false, above, Set.of());
  }

  /** What a diagnose step sees: the steps it needs, and what they need. */
  Scope diagnosis(@Nullable String id) {
    Set<String> before = new LinkedHashSet<>();
    gather(id == null ? "" : id, before);
    return scope(before, false, false);
  }

  private void gather(String id, Set<String> before) {
    for (String need : needs.getOrDefault(id, List.of())) {
      if (before.add(need)) {
        gather(need, before);
      }
    }
  }

  /** What a rung sees: all that was diagnosed, and the rungs above it. */
  Scope rung(int index, boolean limit) {
    return scope(above(index), limit, false);
  }

  /** What a rung's proof or undoing sees: the rung itself besides. */
  Scope part(int index, boolean output) {
    return scope(above(index + 1), false, output);
  }

  private Set<String> above(int index) {
    Set<String> before = new LinkedHashSet<>(needs.keySet());
    for (String rung : rungs.subList(0, Math.min(index, rungs.size()))) {
      before.add(rung);
      parts.stream().filter(part -> part.startsWith(rung + ".")).forEach(before::add);
    }
    return before;
  }

  /** What the call for help sees. */
  Scope escalate() {
    return scope(above(rungs.size()), false, false);
  }

  /** What a report sees: everything above it. */
  Scope report(int index) {
    Set<String> before = above(rungs.size());
    if (escalates) {
      before.add(ESCALATE);
    }
    before.addAll(reports.subList(0, Math.min(index, reports.size())));
    return scope(before, false, false);
  }

  private Scope scope(Set<String> steps, boolean limit, boolean output) {
    return new Scope(true, false, true, limit, output, vars, steps);
  }

  /** The ids a test may name. */
  Set<String> everything() {
    Set<String> all = above(rungs.size());
    all.add(ESCALATE);
    all.addAll(reports);
    return all;
  }

  Set<String> diagnosed() {
    return Set.copyOf(needs.keySet());
  }

  List<String> rungs() {
    return List.copyOf(rungs);
  }
}
