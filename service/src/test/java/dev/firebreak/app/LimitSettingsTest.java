package dev.firebreak.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.firebreak.guard.Counted.Level;
import dev.firebreak.guard.GuardSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitSettingsTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @Test
  void exampleOfThePage_isReadWhole() throws IOException {
    String page = Files.readString(Path.of("../docs/guards.md"));
    String block = page.substring(page.indexOf("```yaml\nlimits:") + 8);
    GuardSettings settings =
        YAML.treeToValue(
                YAML.readTree(block.substring(0, block.indexOf("```"))).path("limits"),
                LimitSettings.class)
            .settings(List.of("**"));
    assertThat(max(settings, Level.TARGET, "redis/a")).isEqualTo(4);
    assertThat(max(settings, Level.TARGET, "db/main/a")).isEqualTo(1);
    assertThat(max(settings, Level.SERVICE, "checkout")).isEqualTo(10);
    assertThat(max(settings, Level.TEAM, "team-shop")).isEqualTo(5);
    assertThat(max(settings, Level.TEAM, "team-other")).isEqualTo(30);
    assertThat(max(settings, Level.RUNBOOK, "redis-down")).isEqualTo(3);
    assertThat(settings.others().of(Level.RUNBOOK, "other")).isEmpty();
    assertThat(settings.longest()).isEqualTo(Duration.ofDays(1));
  }

  private static int max(GuardSettings settings, Level level, String name) {
    return settings.others().of(level, name).orElseThrow().max();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{named: [{max: 1, per: 1h}]}",
        "{named: [{team: a, target: b, max: 1, per: 1h}]}",
        "{named: [{team: a, max: 1}]}",
        "{named: [{team: a, per: 1h}]}",
        "{team: {max: 0, per: 1h}}"
      })
  void whatIsUnclear_isRefused(String text) {
    assertThatThrownBy(() -> YAML.readValue(text, LimitSettings.class).settings(List.of("**")))
        .isInstanceOf(Exception.class);
  }
}
