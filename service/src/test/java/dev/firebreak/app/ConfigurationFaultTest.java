package dev.firebreak.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wrong key is said in our words: in which line, what, and what to write. */
class ConfigurationFaultTest {
  /** Whatever cannot be meant: lists of lists, a key nobody knows. */
  private static final List<String> WRONG = List.of("[[1], [2]]", "{a: {nonsense: {}}}");

  @TempDir Path folder;

  static Stream<String> sections() {
    return Arrays.stream(FirebreakConfiguration.class.getDeclaredFields())
        .filter(field -> field.isAnnotationPresent(JsonProperty.class))
        .map(Field::getName);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(
        folder.resolve("config.yml"),
        "# what is wrong stands below\nhealth: {enabled: true}\n" + text + "\n");
  }

  private String refused(String text) throws IOException {
    String file = write(text).toString();
    StartRefused refused =
        catchThrowableOfType(
            StartRefused.class,
            () ->
                Configurations.equip(
                    file, Configurations.read(file), System.out)); // nothing is printed
    assertThat(refused).as(text).isNotNull();
    return String.valueOf(refused.getMessage()).replace(file, "config.yml");
  }

  @ParameterizedTest
  @MethodSource("sections")
  void wrongSection_isSaidInOurWords_withItsLine(String section) throws IOException {
    for (String wrong : WRONG) {
      assertThat(refused(section + ": " + wrong))
          .as(section + ": " + wrong)
          .hasLineCount(1)
          .startsWith("config.yml:3: " + section)
          .doesNotContain("Json", "dev.firebreak", "java.", "deserialize", "construct", "token");
    }
  }

  @Test
  void sectionsWithoutAnything_areAsIfTheyWereNotThere() throws IOException {
    String file = write(sections().collect(Collectors.joining(":\n", "", ":"))).toString();
    assertThatCode(() -> Configurations.equip(file, Configurations.read(file), System.out))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          opa: {url: 5x}                    | :3: opa.url: write the address of the decision
          opa: {url: [1]}                   | :3: opa.url: must be a text, not a list
          backup: {every: 5x}               | :3: backup.every: must be a duration like
          quiet: 5x                         | :3: quiet: must be a duration like
          limits: {global: {max: x}}        | :3: limits.global.max: must be a number
          promotion: {required: maybe}      | :3: promotion.required: must be true or false
          teams: {a: {members: ana}}        | :3: teams.a.members: must be a list, as in [a, b]
          channels: {a: {type: mial}}       | :3: channels.a: there is no type 'mial': one of console,
          channels: {a: {type: smtp}}       | :3: channels.a.from: is missing
          channels: {a: 5}                  | :3: channels.a: its 'type' is missing
          dta: x                            | :3: dta: there is no such key (did you mean 'data'?)
          storm: {windw: x}                 | :3: storm.windw: there is no such key (did you mean 'window'?)
          actions: {command: 5}             | :3: actions.command: must be a mapping of its keys
          data: [                           | this is no YAML from here on
          """)
  void wrongKey_isSaidWithLineAndAdvice(String text, String said) throws IOException {
    assertThat(refused(text)).contains(said);
  }

  @Test
  void keyDeepInTheFile_hasItsOwnLine() throws IOException {
    assertThat(
            refused(
                """
                people:
                  ana:
                    contacts:
                      - {channel: mail, to: ana@example.com}
                      - {channel: sms, too: x}
                """))
        .startsWith("config.yml:7: people.ana.contacts[1].too: there is no such key");
  }

  @Test
  void secretWhereARefMustStand_isNotRepeated() throws IOException {
    assertThat(refused("secrets: {db: [hunter2]}")).doesNotContain("hunter2");
    assertThat(refused("siteSecret: [hunter2]")).doesNotContain("hunter2");
  }
}
