package dev.firebreak.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class InstantsTest {
  @Test
  void moments_areSaidToTheSecond() {
    assertThat(Instants.text(Instant.parse("2026-11-23T08:16:31.123456Z")))
        .isEqualTo("2026-11-23T08:16:31Z");
    assertThat(Instants.text("2026-11-23T08:16:31.123456Z")).isEqualTo("2026-11-23T08:16:31Z");
  }

  @Test
  void whatIsNoMoment_staysAsItIs() {
    assertThat(Instants.text("")).isEmpty();
    assertThat(Instants.text("soon")).isEqualTo("soon");
  }
}
