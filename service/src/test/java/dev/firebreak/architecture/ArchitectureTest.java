package dev.firebreak.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The plan of the house: which room stands on which level, and what that forbids. */
class ArchitectureTest {
  private static final String BASE = "dev.firebreak.";

  /** A room may import only rooms on lower levels; a leaf also its own parent, never a sibling. */
  private static final Map<String, Integer> LEVELS =
      Map.ofEntries(
          Map.entry("core", 0),
          Map.entry("calendar", 1),
          Map.entry("expression", 1),
          Map.entry("runbook", 2),
          Map.entry("alert", 3),
          Map.entry("action", 3),
          Map.entry("channel", 3),
          Map.entry("access", 3),
          Map.entry("outbox", 3),
          Map.entry("oncall", 3),
          Map.entry("run", 4),
          Map.entry("cluster", 5),
          Map.entry("guard", 5),
          Map.entry("gate", 5),
          Map.entry("escalation", 5),
          Map.entry("ticket", 5),
          Map.entry("postmortem", 5),
          Map.entry("notify", 5),
          Map.entry("engine", 6),
          Map.entry("intake", 7),
          Map.entry("api", 8),
          Map.entry("web", 8),
          Map.entry("store", 8),
          Map.entry("schedule", 8),
          Map.entry("observe", 8),
          Map.entry("rehearsal", 9),
          Map.entry("demo", 9),
          Map.entry("app", 10));

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.firebreak");

  @Test
  void rooms_lookOnlyDown() {
    TreeSet<String> faults = new TreeSet<>();
    for (JavaClass from : MAIN) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass();
        if (to.getPackageName().startsWith(BASE) && !allowed(from, to)) {
          faults.add(from.getName() + " -> " + to.getName());
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  private static boolean allowed(JavaClass from, JavaClass to) {
    List<String> source = path(from);
    List<String> target = path(to);
    if (source.getFirst().equals(target.getFirst())) {
      boolean sameRoom = source.equals(target);
      boolean leafToParent =
          source.size() > target.size() && source.subList(0, target.size()).equals(target);
      return sameRoom || leafToParent;
    }
    return level(source) > level(target);
  }

  private static List<String> path(JavaClass type) {
    return List.of(type.getPackageName().substring(BASE.length()).split("\\."));
  }

  private static int level(List<String> path) {
    Integer level = LEVELS.get(path.getFirst());
    assertThat(level).as("room '%s' has a level", path.getFirst()).isNotNull();
    return level == null ? -1 : level;
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("dev.firebreak.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void time_isAskedOfAClockThatWasGiven() {
    noClasses()
        .that(
            resideInAPackage("dev.firebreak..")
                .and(
                    com.tngtech.archunit.base.DescribedPredicate.not(
                        resideInAPackage("dev.firebreak.app..")
                            .or(resideInAPackage("dev.firebreak.demo..")))))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .check(MAIN);
  }

  @Test
  void sql_standsInTheStore() {
    noClasses()
        .that(
            com.tngtech.archunit.base.DescribedPredicate.not(
                resideInAPackage("dev.firebreak.store..")
                    .or(resideInAPackage("dev.firebreak.app.."))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..", "javax.sql..", "org.jdbi..", "org.h2..", "org.postgresql..")
        .check(MAIN);
  }

  @Test
  void names_sayWhatAThingIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Manager|Impl|Utils?|Helper|Base|Abstract|Data|Info)")
        .check(MAIN);
  }
}
