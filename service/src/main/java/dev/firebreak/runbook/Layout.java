package dev.firebreak.runbook;

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
  private final Set<String> inputs = new LinkedHashSet<>();
  private final Needs needs = new Needs();
  private final List<String> rungs = new ArrayList<>();
  private final Map<String, RungLayout> steps = new LinkedHashMap<>();
  private final Set<String> parts = new LinkedHashSet<>();
  private final List<String> reports = new ArrayList<>();
  private final Map<String, Set<String>> answers = new HashMap<>();
  private final boolean escalates;
  private final Map<String, YamlNode> places = new HashMap<>();

  Layout(YamlNode root, Findings findings) {
    this.findings = findings;
    inputs.addAll(YamlNode.fields(YamlNode.at(root, "inputs")).keySet());
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
    for (YamlNode step : YamlNode.items(YamlNode.at(root, "diagnose"))) {
      YamlNode.items(YamlNode.at(step, "needs"))
          .forEach(need -> needs.known(need, "diagnose step", "", findings));
    }
    needs.cycles(findings);
    steps.values().forEach(rung -> rung.check(findings));
  }

  static String reportId(YamlNode report, int number) {
    String id = YamlNode.text(YamlNode.at(report, "id"));
    return id == null ? "finally-" + number : id;
  }

  private void diagnosis(YamlNode step) {
    String id = YamlNode.text(YamlNode.at(step, "id"));
    if (id != null && unique(id, step)) {
      YamlNode place = places.get(id);
      needs.add(id, place == null ? step : place, needs(step));
    }
  }

  private List<String> needs(YamlNode step) {
    return new Values(findings).texts(YamlNode.at(step, "needs"));
  }

  private void steps(String id, YamlNode rung) {
    RungLayout within = new RungLayout(id);
    steps.put(id, within);
    for (YamlNode step : YamlNode.items(YamlNode.at(rung, "steps"))) {
      String own = YamlNode.text(YamlNode.at(step, "id"));
      if (own != null && unique(own, step)) {
        within.add(own, step, needs(step));
      }
    }
  }

  private void rung(YamlNode rung) {
    String id = YamlNode.text(YamlNode.at(rung, "id"));
    if (id != null && unique(id, rung)) {
      rungs.add(id);
      steps(id, rung);
      answers.put(id, answers(id, rung));
      for (String part : List.of("verify", "undo")) {
        if (YamlNode.at(rung, part) instanceof YamlNode.Fields) {
          parts.add(id + "." + part);
        }
      }
    }
  }

  /** What people fill in, as a run's facts call it. */
  private static Set<String> answers(String id, YamlNode rung) {
    Set<String> names = new LinkedHashSet<>();
    YamlNode form = YamlNode.at(YamlNode.at(rung, "approve"), "form");
    for (YamlNode field : YamlNode.items(form)) {
      String name = YamlNode.text(YamlNode.at(field, "name"));
      if (name != null) {
        names.add(id + "." + Address.ANSWERS + "." + name);
      }
    }
    return names;
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

  /** What a var sees: the alert, and the vars above it. */
  Scope var(String name) {
    Set<String> above = new LinkedHashSet<>();
    for (String var : vars) {
      if (var.equals(name)) {
        break;
      }
      above.add(var);
    }
    return new Scope(true, false, true, false, false, above, Set.of(), Set.of(), inputs);
  }

  /** What a diagnose step sees: the steps it needs, and what they need. */
  Scope diagnosis(@Nullable String id) {
    return scope(needs.before(id == null ? "" : id), false, false);
  }

  /** What a rung sees: all that was diagnosed, and the rungs above it. */
  Scope rung(int index, boolean limit) {
    return scope(above(index), limit, false);
  }

  /** What a rung's change sees: what people fill in when they approve it, besides. */
  Scope change(int index) {
    Set<String> before = above(index);
    if (index < rungs.size()) {
      before.addAll(answers.getOrDefault(rungs.get(index), Set.of()));
    }
    return scope(before, false, false);
  }

  /** What a rung's proof or undoing sees: the rung itself besides. */
  Scope part(int index) {
    return scope(above(index + 1), false, false);
  }

  private Set<String> above(int index) {
    Set<String> before = needs.ids();
    for (String rung : rungs.subList(0, Math.min(index, rungs.size()))) {
      before.add(rung);
      parts.stream().filter(part -> part.startsWith(rung + ".")).forEach(before::add);
      before.addAll(within(rung).seen());
      before.addAll(answers.getOrDefault(rung, Set.of()));
    }
    return before;
  }

  private RungLayout within(String rung) {
    return steps.getOrDefault(rung, new RungLayout(rung));
  }

  private RungLayout within(int index) {
    return within(index < rungs.size() ? rungs.get(index) : "");
  }

  /** What a step of a rung sees: all the rung sees, and the steps that end before it. */
  Scope inRung(int index, String step) {
    Set<String> before = above(index);
    before.addAll(within(index).before(step));
    return scope(before, false, false);
  }

  /** What the proof or undoing of a step of a rung sees: the step itself besides. */
  Scope afterInRung(int index, String step) {
    Set<String> before = above(index);
    before.addAll(within(index).before(step));
    before.add(step);
    return scope(before, false, false);
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

  /** What its outputs see: everything. */
  Scope outputs() {
    return report(reports.size());
  }

  private Scope scope(Set<String> steps, boolean limit, boolean output) {
    return new Scope(true, false, true, limit, output, vars, steps, Set.of(), inputs);
  }

  /** The ids a test may name. */
  Set<String> everything() {
    Set<String> all = needs.ids();
    all.addAll(rungs);
    all.addAll(parts);
    steps.values().forEach(rung -> all.addAll(rung.named()));
    all.add(ESCALATE);
    all.addAll(reports);
    return all;
  }

  /** Whether a test may name a step, or an item of one that goes over a list. */
  boolean named(String id, Set<String> ids) {
    Address address = Address.of(id);
    return ids.contains(id)
        || (address.ofItem()
            && ids.contains(address.counted())
            && within(address.top()).lists().contains(address.whole()));
  }

  Set<String> diagnosed() {
    return Set.copyOf(needs.ids());
  }

  /** The ids of the diagnose steps, in the order of the file. */
  List<String> inOrder() {
    return List.copyOf(needs.ids());
  }

  /** The diagnose steps that have surely ended before this one begins. */
  Set<String> before(String diagnosis) {
    return needs.before(diagnosis);
  }

  List<String> rungs() {
    return List.copyOf(rungs);
  }
}
