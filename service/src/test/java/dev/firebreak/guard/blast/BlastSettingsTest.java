package dev.firebreak.guard.blast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlastSettingsTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String GOOD =
      "{group: dbs, owner: team-db, targets: ['db/*'], members: [db/1, db/2, db/3, db/4], ";

  private static BlastSettings read(String text) throws JsonProcessingException {
    return YAML.readValue(text, BlastSettings.class);
  }

  @Test
  void group_isReadWhole() throws JsonProcessingException {
    BlastSettings group = read(GOOD + "max: 3, share: 50%, floor: 1, ramp: [1, 2]}");
    assertThat(group.size()).isEqualTo(4);
    assertThat(group.atOnce(0)).isEqualTo(1);
    assertThat(group.atOnce(1)).isEqualTo(2);
    assertThat(group.atOnce(99)).isEqualTo(2);
    assertThat(read(GOOD + "max: 3}").atOnce(0)).isEqualTo(3);
    assertThat(read(GOOD + "share: 99%}").atOnce(0)).isEqualTo(3);
    assertThat(read(GOOD + "share: 1%}").atOnce(0)).isEqualTo(1);
    assertThat(read(GOOD + "floor: 1}").atOnce(0)).isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "group: dbs, owner: t, targets: [x], max: 0 | bounds nothing",
        "group: DBs, owner: t, targets: [x], max: 1 | lower-case words",
        "group: dbs, owner: t, max: 1 | targets must name who is of it",
        "group: dbs, owner: t, targets: [''], max: 1 | targets must name who is of it",
        "group: dbs, targets: [x], max: 1 | owner must name who is asked",
        "group: dbs, owner: t, targets: [x], share: 10% | share and floor need members, or size",
        "group: dbs, owner: t, targets: [x], floor: 1 | share and floor need members, or size",
        "group: dbs, owner: t, targets: [x], size: 2, floor: 2 | floor leaves no member",
        "group: dbs, owner: t, targets: [x], size: 2, share: 101% | share must be from 1% to 100%",
        "group: dbs, owner: t, targets: [x], size: 2, share: 0.5 | share is written like 30%",
        "group: dbs, owner: t, targets: [x], ramp: [0] | ramp is a list like",
        "group: dbs, owner: t, targets: [x], max: -1 | at least 1"
      })
  void whatIsWrong_isNamedWithItsGroup(String text, String fault) {
    assertThatThrownBy(() -> read("{" + text + "}"))
        .hasMessageContaining("blast:")
        .hasMessageContaining(fault);
  }

  @Test
  void exampleOfThePage_isFine() throws IOException {
    String page = Files.readString(Path.of("../docs/guards.md"));
    String block = page.substring(page.indexOf("```yaml\nblast:") + 8);
    BlastSettings group =
        YAML.treeToValue(
            YAML.readTree(block.substring(0, block.indexOf("```"))).path("blast").path(0),
            BlastSettings.class);
    assertThat(group.atOnce(0)).isEqualTo(1);
    assertThat(group.floor()).isEqualTo(2);
  }

  @Test
  void ownerNobodyKnows_andTwoOfOneName_areFaults() throws JsonProcessingException {
    List<BlastSettings> both = List.of(read(GOOD + "max: 1}"), read(GOOD + "max: 2}"));
    assertThat(BlastSettings.problems(both, Set.of("team-db")))
        .containsExactly("blast: group 'dbs': there are two of this name");
    assertThat(BlastSettings.problems(both.subList(0, 1), Set.of("team-x")))
        .singleElement()
        .asString()
        .contains("owner 'team-db'");
  }
}
