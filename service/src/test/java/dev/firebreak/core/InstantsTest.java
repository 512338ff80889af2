package dev.firebreak.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Moments in sentences. */
class InstantsTest {
  @Test
  void momentInASentence_isToTheSecond() {
    assertThat(Instants.text(Instant.parse("2026-11-23T08:40:20.443133070Z")))
        .isEqualTo("2026-11-23T08:40:20Z");
  }
}
