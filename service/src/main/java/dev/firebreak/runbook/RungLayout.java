package dev.firebreak.runbook;

import dev.firebreak.core.Nearest;
import dev.firebreak.expression.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps of a rung as they are written: their ids, and which end before which. */
final class RungLayout {
  /** What a foreach calls an item when its author does not say. */
  static final String ITEM = "item";

  private static final Set<String> TAKEN =
      Set.of("alert", "run", "incident", "vars", "steps", "limit", "output", "payload", "headers");

  private final String rung;
  private final Needs needs = new Needs();
  private final Map<String, YamlNode> nodes = new LinkedHashMap<>();

  RungLayout(String rung) {
    this.rung = rung;
  }

  void add(String id, YamlNode step, List<String> before) {
    YamlNode place = YamlNode.at(step, "id");
    needs.add(id, place == null ? step : place, before);
    nodes.put(id, step);
  }

  /** Reports names that are none of its steps, and steps that wait for each other. */
  void check(Findings findings) {
    nodes.forEach(
        (id, step) -> {
          String where = " in the rung '" + rung + "'";
          YamlNode.items(YamlNode.at(step, "needs"))
              .forEach(need -> needs.known(need, "step", where, findings));
          YamlNode other = YamlNode.at(step, "on_failure");
          String instead = instead(step);
          if (instead != null && other != null) {
            failure(other, instead, findings);
          }
          name(YamlNode.at(YamlNode.at(step, "foreach"), "as"), findings);
        });
    nodes.keySet().forEach(this::standIns);
    needs.cycles(findings);
  }

  /** Who stands in for a step waits for it; who needs the step waits for both. */
  private void standIns(String id) {
    List<String> chain = new ArrayList<>();
    String instead = instead(id);
    while (instead != null && !chain.contains(instead)) {
      chain.add(instead);
      instead = instead(instead);
    }
    if (chain.isEmpty()) {
      return;
    }
    for (String other : nodes.keySet()) {
      if (needs.of(other).contains(id) && !chain.contains(other)) {
        chain.forEach(standIn -> needs.perhaps(other, standIn));
      }
    }
    long named = nodes.keySet().stream().filter(n -> chain.getFirst().equals(instead(n))).count();
    if (named == 1) {
      needs.add(chain.getFirst(), id);
    } else {
      needs.perhaps(chain.getFirst(), id);
    }
  }

  private @Nullable String instead(String id) {
    YamlNode step = nodes.get(id);
    return step == null ? null : instead(step);
  }

  private void failure(YamlNode place, String instead, Findings findings) {
    if (!nodes.containsKey(instead)) {
      Set<String> words = needs.ids();
      words.add("stop");
      words.add("continue");
      findings.error(
          place,
          "unknown-step",
          "on_failure is stop, continue, or a step of the rung '%s'; there is no '%s'"
              .formatted(rung, instead),
          Nearest.advice(instead, words));
    }
  }

  private static void name(@Nullable YamlNode as, Findings findings) {
    String name = YamlNode.text(as);
    if (as != null && name != null && TAKEN.contains(name)) {
      findings.error(
          as,
          "reserved-name",
          "'" + name + "' means something already",
          "say as: host, or what suits");
    }
  }

  /** The step that stands in for one that failed, null when none does. */
  static @Nullable String instead(YamlNode step) {
    String word = YamlNode.text(YamlNode.at(step, "on_failure"));
    return word == null || word.equals("stop") || word.equals("continue") ? null : word;
  }

  /** The ids by which the steps, their proofs and what undoes them are seen. */
  Set<String> seen() {
    Set<String> all = new LinkedHashSet<>();
    nodes.keySet().forEach(id -> all.addAll(seen(id)));
    return all;
  }

  private Set<String> seen(String id) {
    Set<String> seen = new LinkedHashSet<>(Set.of(id));
    YamlNode step = nodes.get(id);
    if (step != null && !listed(step)) {
      for (String part : List.of(Address.VERIFY, Address.UNDO)) {
        if (YamlNode.at(step, part) instanceof YamlNode.Fields) {
          seen.add(id + "." + part);
        }
      }
    }
    return seen;
  }

  private static boolean listed(YamlNode step) {
    return YamlNode.at(step, "foreach") != null;
  }

  /** What has surely ended before a step begins. */
  Set<String> before(String id) {
    Set<String> before = new LinkedHashSet<>();
    needs.before(id).forEach(need -> before.addAll(seen(need)));
    return before;
  }

  /** The ids in a run, which a test may name. */
  Set<String> named() {
    Set<String> named = new LinkedHashSet<>();
    nodes.forEach(
        (id, step) -> {
          named.add(rung + "/" + id);
          for (String part : List.of(Address.VERIFY, Address.UNDO)) {
            if (YamlNode.at(step, part) instanceof YamlNode.Fields) {
              named.add(rung + "/" + id + "." + part);
            }
          }
        });
    return named;
  }

  /** The ids of the steps that go over a list. */
  Set<String> lists() {
    Set<String> lists = new LinkedHashSet<>();
    nodes.forEach(
        (id, step) -> {
          if (listed(step)) {
            lists.add(rung + "/" + id);
          }
        });
    return lists;
  }

  /** A scope in which the item is known, if the step goes over a list. */
  static Scope withItem(Scope scope, YamlNode step) {
    YamlNode each = YamlNode.at(step, "foreach");
    if (each == null) {
      return scope;
    }
    String as = YamlNode.text(YamlNode.at(each, "as"));
    return scope.withItem(as == null ? ITEM : as);
  }
}
