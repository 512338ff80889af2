package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page on the database, and the settings it describes. */
class DatabaseDocsTest {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .registerModule(new ParameterNamesModule())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static String page() throws IOException {
    Path page = Path.of("..", "docs", "operators", "database.md");
    return Files.readString(Files.exists(page) ? page : Path.of("docs/operators/database.md"));
  }

  private static List<String> blocks(String language) throws IOException {
    return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
        .matcher(page())
        .results()
        .map((MatchResult it) -> it.group(1))
        .toList();
  }

  private static DatabaseSettings read(String yaml) throws IOException {
    return YAML.treeToValue(YAML.readTree(yaml).get("database"), DatabaseSettings.class);
  }

  @Test
  void examples_areRead() throws IOException {
    List<String> databases =
        blocks("yaml").stream().filter(it -> it.startsWith("database:")).toList();
    assertThat(databases).hasSize(2);
    assertThat(read(databases.getFirst()).type()).isEqualTo(DatabaseSettings.Type.H2);
    DatabaseSettings server = read(databases.getLast());
    assertThat(server.type()).isEqualTo(DatabaseSettings.Type.POSTGRESQL);
    assertThat(String.valueOf(server.password())).isEqualTo("***");
  }

  @Test
  void backups_areRead() throws IOException {
    String section =
        blocks("yaml").stream().filter(it -> it.startsWith("backup:")).findFirst().orElseThrow();
    BackupSettings settings =
        YAML.treeToValue(YAML.readTree(section).get("backup"), BackupSettings.class);
    assertThat(settings.every()).isEqualTo(Duration.ofDays(1));
    assertThat(settings.keep()).isEqualTo(7);
  }

  @Test
  void retention_isRead_andTheDefaultsAreAsWritten() throws IOException {
    String section =
        blocks("yaml").stream().filter(it -> it.startsWith("retention:")).findFirst().orElseThrow();
    assertThat(YAML.treeToValue(YAML.readTree(section).get("retention"), RetentionSettings.class))
        .isEqualTo(RetentionSettings.of(null, null, null, null, null));
  }

  @Test
  void everyKey_isOnThePage() throws IOException {
    String page = page();
    assertThat(
            Arrays.stream(DatabaseSettings.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList())
        .allSatisfy(key -> assertThat(page).contains("| `" + key + "` |"));
  }

  @Test
  void everyTable_isOnThePage() throws IOException {
    String page = page();
    for (Changelog.Change change : Changelog.changes(Dialect.H2)) {
      Pattern.compile("CREATE TABLE IF NOT EXISTS (\\w+)")
          .matcher(change.sql())
          .results()
          .forEach(it -> assertThat(page).contains("`" + it.group(1) + "`"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: postgresql} | database.url",
        "{type: postgresql, url: 'jdbc:mysql://x'} | jdbc:postgresql:",
        "{url: 'jdbc:postgresql://x/y'} | h2 has a path",
        "{type: postgresql, url: 'jdbc:postgresql://x/y', path: z} | postgresql has a url",
        "{path: 'a;INIT=RUNSCRIPT FROM x'} | ';'",
        "{queue: 0} | database.queue",
        "{readers: 65} | database.readers",
        "{readTimeout: 10ms} | database.readTimeout",
        "{readTimeout: soon} | duration",
        "{pool: 9} | pool",
        "{type: mysql} | postgresql",
      })
  void wrongSettings_areNamed(String section, String named) {
    assertThatThrownBy(() -> read("database: " + section)).hasMessageContaining(named);
  }
}
