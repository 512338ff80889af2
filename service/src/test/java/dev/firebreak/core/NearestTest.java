package dev.firebreak.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KNOWN = List.of("labels", "annotations", "approve", "max");

  @Test
  void to_aMisspeltName_findsIt() {
    assertThat(Nearest.to("lables", KNOWN)).contains("labels");
    assertThat(Nearest.to("aproval", KNOWN)).contains("approve");
    assertThat(Nearest.to("LABELS", KNOWN)).contains("labels");
    assertThat(Nearest.to("mx", KNOWN)).contains("max");
  }

  @Test
  void to_aStranger_findsNothing() {
    assertThat(Nearest.to("quorum", KNOWN)).isEmpty();
    assertThat(Nearest.to("x".repeat(1_000_000), KNOWN)).isEmpty();
    assertThat(Nearest.advice("quorum", KNOWN))
        .isEqualTo("known: annotations, approve, labels, max");
    assertThat(Nearest.advice("quorum", List.of())).isEmpty();
  }
}
