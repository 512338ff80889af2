package dev.firebreak.runbook;

import dev.firebreak.core.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which of a set of steps wait for which. */
final class Needs {
  private final Map<String, List<String>> needs = new LinkedHashMap<>();
  private final Map<String, Set<String>> perhaps = new LinkedHashMap<>();
  private final Map<String, YamlNode> places = new LinkedHashMap<>();

  void add(String id, YamlNode place, List<String> before) {
    needs.put(id, new ArrayList<>(before));
    places.put(id, place);
  }

  /** One more that must have ended before. */
  void add(String id, String before) {
    List<String> known = needs.get(id);
    if (known != null) {
      known.add(before);
    }
  }

  /** One more that it may have to wait for. */
  void perhaps(String id, String before) {
    perhaps.computeIfAbsent(id, unused -> new LinkedHashSet<>()).add(before);
  }

  /** The steps it says it needs. */
  List<String> of(String id) {
    return List.copyOf(needs.getOrDefault(id, List.of()));
  }

  Set<String> ids() {
    return new LinkedHashSet<>(needs.keySet());
  }

  /** Everything that has surely ended before a step begins. */
  Set<String> before(String id) {
    Set<String> before = new LinkedHashSet<>();
    gather(id, before);
    return before;
  }

  private void gather(String id, Set<String> before) {
    for (String need : needs.getOrDefault(id, List.of())) {
      if (before.add(need)) {
        gather(need, before);
      }
    }
  }

  /** Reports a name that is none of these. */
  void known(YamlNode name, String what, String where, Findings findings) {
    String id = YamlNode.text(name);
    if (id != null && !needs.containsKey(id)) {
      findings.error(
          name,
          "unknown-step",
          "there is no %s '%s'%s".formatted(what, id, where),
          Nearest.advice(id, needs.keySet()));
    }
  }

  /** Reports steps that wait for each other. */
  void cycles(Findings findings) {
    Set<String> done = new LinkedHashSet<>();
    for (String id : needs.keySet()) {
      cycle(id, new ArrayList<>(), done, findings);
    }
  }

  private void cycle(String id, List<String> path, Set<String> done, Findings findings) {
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
      Set<String> waits = new LinkedHashSet<>(of(id));
      waits.addAll(perhaps.getOrDefault(id, Set.of()));
      waits.forEach(need -> cycle(need, path, done, findings));
      path.removeLast();
    }
  }
}
