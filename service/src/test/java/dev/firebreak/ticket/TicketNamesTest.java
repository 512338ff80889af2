package dev.firebreak.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.run.Artifact;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicketNamesTest {
  private static Artifact artifact(String id, String step, String name) {
    return new Artifact(
        id, "inc_1", "run_1", step, name, "text/plain", 1, "", false, Instant.EPOCH);
  }

  @Test
  void names_whenAlike_areNumberedAndStayAsMoreCome() {
    List<Artifact> three =
        List.of(
            artifact("1", "ping", "out.txt"),
            artifact("2", "ping", "OUT.txt"),
            artifact("3", "ping", "out-2.txt"));
    List<Artifact> four =
        List.of(three.get(0), three.get(1), three.get(2), artifact("4", "ping", "out.txt"));

    assertThat(TicketNames.of(three).values())
        .containsExactly("ping-out.txt", "ping-OUT-2.txt", "ping-out-2-2.txt");
    assertThat(TicketNames.of(four)).containsAllEntriesOf(TicketNames.of(three));
    assertThat(TicketNames.of(four).values()).doesNotHaveDuplicates().hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "../../etc/passwd ¦ etc_passwd",
        ".hidden ¦ hidden",
        "a b\"c\\r\\n<x>.txt ¦ a_b_c___x_.txt",
        "größe.txt ¦ größe.txt",
        "/// ¦ artifact",
        "\u202Etxt.exe ¦ txt.exe"
      })
  void clean_whateverTheName_isAFileName(String given, String expected) {
    assertThat(TicketNames.clean(given.translateEscapes())).isEqualTo(expected);
  }

  @Test
  void clean_whenVeryLong_keepsTheExtension() {
    assertThat(TicketNames.clean("x".repeat(4096) + ".json")).hasSize(120).endsWith(".json");
  }
}
