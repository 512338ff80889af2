package dev.firebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests the page of guarantees names are there. */
class GuaranteesPageTest {
  private static final Pattern NAMED =
      Pattern.compile("`(\\w+(?:Test|IT|Contract))(?:\\.\\w+)?(?:#(\\w+))?`");

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.isDirectory(here.resolve("docs"))
        ? here
        : Objects.requireNonNull(here.getParent());
  }

  private static Map<String, Path> tests() throws IOException {
    try (Stream<Path> files = Files.walk(root().resolve("service/src/test/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  Function.identity(),
                  (first, second) -> first));
    }
  }

  @Test
  void everyTestThePageNames_isThere() throws IOException {
    String page = Files.readString(root().resolve("docs/guarantees.md"));
    Map<String, Path> tests = tests();
    TreeSet<String> missing = new TreeSet<>();
    int named = 0;
    for (MatchResult test : NAMED.matcher(page).results().toList()) {
      named++;
      Path file = tests.get(test.group(1));
      if (file == null || !holds(file, test.group(2))) {
        missing.add(test.group());
      }
    }
    assertThat(named).isGreaterThan(30);
    assertThat(missing).isEmpty();
  }

  @Test
  void everyPromise_namesATest() throws IOException {
    String page = Files.readString(root().resolve("docs/guarantees.md"));
    String promises =
        page.substring(page.indexOf("## Promises"), page.indexOf("## Is the simulator"));
    assertThat(promises.lines().filter(line -> line.startsWith("| ")).skip(1))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).containsPattern(NAMED));
  }

  private static boolean holds(Path file, @org.jspecify.annotations.Nullable String method)
      throws IOException {
    return method == null || Files.readString(file).contains(" void " + method + "(");
  }
}
