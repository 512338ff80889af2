package dev.firebreak.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.fixtures.DocExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page of guards has configured can be configured, and what makes no sense cannot. */
class SuspicionDocsTest {
  @TempDir Path folder;

  private String file(String section) throws IOException {
    Path file = folder.resolve("config.yml");
    String around =
        """
        data: %s
        teams:
          team-cache: {members: [ana]}
        tickets:
          tickets: {type: file, dir: tickets}
        """;
    Files.writeString(file, around.formatted(folder) + section);
    return file.toString();
  }

  private Equipage equip(String section) throws IOException {
    String file = file(section);
    return Configurations.equip(file, Configurations.read(file), System.out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"breakers:", "suspicion:", "flapping:", "own:", "causes:"})
  void exampleOnThePage_isAConfiguration(String key) throws IOException {
    String example =
        DocExamples.of("guards.md", "yaml").stream()
            .filter(block -> block.startsWith(key))
            .findFirst()
            .orElseThrow();
    assertThat(equip(example)).isNotNull();
  }

  @Test
  void whatIsNotSaid_isAsThePageSays() throws IOException {
    FirebreakConfiguration config = Configurations.read(file("breakers: {target: {rest: 2h}}\n"));
    assertThat(config.breakers().target().failures()).isEqualTo(3);
    assertThat(config.breakers().runbook().failures()).isEqualTo(5);
    assertThat(config.flapping().times()).isEqualTo(5);
    assertThat(config.repetition().within()).hasDays(7);
    assertThat(config.causes().depth()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "breakers: {target: {failures: -1}}|failures must be",
        "breakers: {target: {rest: 0s}}|longer than 0s",
        "suspicion: [{group: a}]|match must name a label",
        "flapping: {times: 1}|flapping.times",
        "repetition: {ticket: jira}|no ticket system 'jira'",
        "own: {names: [https://sso]}|own.names",
        "own: {allow: ['**']}|own.allow",
        "causes: {depth: -1}|causes.depth"
      })
  void whatMakesNoSense_isRefusedAtTheStart(String section, String why) {
    assertThatThrownBy(() -> equip(section + "\n")).hasMessageContaining(why);
  }
}
