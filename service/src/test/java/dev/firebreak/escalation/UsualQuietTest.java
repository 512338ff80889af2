package dev.firebreak.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dropwizard.jackson.Jackson;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** When an incident is too quiet, for chains that say it and chains that do not. */
class UsualQuietTest {
  private static final ObjectMapper YAML = Jackson.newObjectMapper(new YAMLFactory());

  private static EscalationSettings chains() throws Exception {
    return YAML.readValue(
        """
        own: {quiet: 10m, links: [{notify: [a], wait: 5m}]}
        none: {links: [{notify: [a], wait: 5m}]}
        out: {quiet: never, links: [{notify: [a], wait: 5m}]}
        """,
        EscalationSettings.class);
  }

  private static Duration quiet(EscalationSettings settings, String chain) {
    Duration quiet = Objects.requireNonNull(settings.chains().get(chain)).quiet();
    return quiet == null ? Duration.ofDays(-1) : quiet;
  }

  @Test
  void siteSaysIt_forChainsThatSayNothing() throws Exception {
    EscalationSettings usual = chains().quietAfter(Duration.ofMinutes(30));
    assertThat(quiet(usual, "own")).isEqualTo(Duration.ofMinutes(10));
    assertThat(quiet(usual, "none")).isEqualTo(Duration.ofMinutes(30));
    assertThat(quiet(usual, "out")).isEqualTo(Chain.NEVER);
    assertThat(quiet(chains().quietAfter(null), "none")).isEqualTo(Duration.ofDays(-1));
    assertThatThrownBy(() -> chains().quietAfter(Duration.ofMinutes(1)))
        .hasMessageContaining("from 5m to 24h");
  }
}
