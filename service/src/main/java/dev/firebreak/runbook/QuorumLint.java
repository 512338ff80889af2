package dev.firebreak.runbook;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds questions that nobody could ever answer: a quorum of more people than are asked. */
final class QuorumLint {
  private final Surroundings around;
  private final Findings findings;

  QuorumLint(Surroundings around, Findings findings) {
    this.around = around;
    this.findings = findings;
  }

  /** Nothing is said where one of the names is a schedule, or unknown: nobody can count then. */
  void check(Approve approve, List<String> authors, YamlNode at) {
    List<String> asked =
        Stream.concat(approve.by().stream(), approve.then().stream().flatMap(List::stream))
            .distinct()
            .toList();
    if (asked.isEmpty() || !around.members().keySet().containsAll(asked)) {
      return;
    }
    Set<String> people = new TreeSet<>();
    asked.forEach(name -> people.addAll(around.members().getOrDefault(name, Set.of())));
    people.removeAll(approve.except());
    if (approve.fourEyes()) {
      people.removeAll(authors);
    }
    if (people.size() < approve.quorum()) {
      findings.error(at, "quorum", sentence(approve, asked, people), advice(people));
    }
  }

  private static String sentence(Approve approve, List<String> asked, Set<String> people) {
    return "%s to approve, and of %s %s ever can"
        .formatted(
            approve.quorum() == 1 ? "1 person has" : approve.quorum() + " people have",
            String.join(", ", asked),
            people.isEmpty() ? "nobody" : "only " + String.join(" and ", people));
  }

  private static String advice(Set<String> people) {
    return people.isEmpty()
        ? "ask somebody who is not excepted, and is no author where four_eyes is set"
        : "ask more people, in by or then, or say quorum: " + people.size();
  }
}
