package dev.firebreak.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.expression.Cel;
import dev.firebreak.expression.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every example of the page for authors loads, and every key is on it. */
class RunbooksPageTest {
  private static final String PAGE = read(Path.of("../docs/runbooks.md"));

  /** What a fragment of the page is part of. */
  private static final Map<String, String> WHOLE =
      Map.of(
          "runbook", "runbook: example\n",
          "owner", "owner: team\n",
          "on", "on: {alert: alert.labels.host == 'a', incident: \"x/{{alert.labels.host}}\"}\n",
          "vars", "vars: {host: \"{{alert.labels.host}}\"}\n",
          "diagnose",
              "diagnose:\n  - {id: ping, tcp: {host: a, port: 1}}\n"
                  + "  - {id: info, tcp: {host: a, port: 1}}\n",
          "remediate",
              "remediate:\n  - {id: restart, target: x, limit: {max: 1, per: 1h}, do: {command:"
                  + " {run: [x]}}, idempotent: true, verify: {tcp: {host: a, port: 1}}, undo:"
                  + " null}\n");

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> blocks(String language) {
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(PAGE)
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  @Test
  void examples_load() {
    assertThat(blocks("yaml")).hasSizeGreaterThan(3);
    for (String example : blocks("yaml")) {
      StringBuilder text = new StringBuilder(example);
      WHOLE.forEach(
          (key, part) -> {
            boolean called = key.equals("on") && example.startsWith("runbook:");
            if (!called && !("\n" + example).contains("\n" + key + ":")) {
              text.append(part);
            }
          });
      RunbookLoader loader = new RunbookLoader(new ShippedRunbooksTest.RealActions());
      assertThat(loader.load("docs/runbooks.md", text.toString()).problems())
          .extracting(Problem::asLine)
          .as(example)
          .isEmpty();
    }
  }

  @Test
  void expressions_compile() {
    Scope scope =
        new Scope(
            true, false, true, true, true, Set.of("host"), Set.of("ping", "info", "with-hyphen"));
    List<String> lines = blocks("cel").getFirst().lines().toList();
    assertThat(lines).hasSizeGreaterThan(8);
    for (String line : lines) {
      assertThat(Cel.condition(line, scope).source()).isEqualTo(line);
    }
  }

  @Test
  void keys_areAllOnThePage() {
    Set<String> keys = new TreeSet<>();
    ActionVocabulary actions = new ShippedRunbooksTest.RealActions();
    collect(RunbookSchema.of(actions), keys);
    keys.removeAll(actions.types());
    assertThat(keys).hasSizeGreaterThan(40);
    assertThat(keys).allSatisfy(key -> assertThat(PAGE).containsPattern("[`{ ]" + key + "[`:,}]"));
  }

  private static void collect(JsonNode schema, Set<String> keys) {
    schema
        .properties()
        .forEach(
            entry -> {
              if (entry.getKey().startsWith(RunbookSchema.CALL)) {
                return;
              }
              if (entry.getKey().equals("properties")) {
                entry.getValue().fieldNames().forEachRemaining(keys::add);
              }
              collect(entry.getValue(), keys);
            });
  }
}
