package dev.firebreak.guard.freeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeSettingsTest {
  private static List<FreezeSettings> read(String yaml) throws Exception {
    return new ObjectMapper(new YAMLFactory()).readValue(yaml, new TypeReference<>() {});
  }

  @Test
  void entry_isAFreeze() throws Exception {
    Freeze freeze =
        read("""
        - name: weekend
          reason: nobody is here
          owner: team-shop
          from: 2026-01-02T18:00
          until: 2026-01-05T06:00
          zone: Europe/Berlin
          repeat: FREQ=WEEKLY
          except: [2026-11-20]
          mode: ask
          scope: runbook.owner == 'team-shop'
        """)
            .getFirst()
            .freeze();
    assertThat(freeze.id()).isEqualTo("weekend");
    assertThat(freeze.mode()).isEqualTo(Freeze.Mode.ASK);
    assertThat(freeze.configured()).isTrue();
    assertThat(freeze.span().at(Instant.parse("2026-11-14T12:00:00Z"))).isPresent();
    assertThat(freeze.span().at(Instant.parse("2026-11-21T12:00:00Z"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "from: 2026-01-01, until: 2026-01-02, reason: r, owner: o | name: is required",
        "name: Big Freeze, from: 2026-01-01, until: 2026-01-02, reason: r, owner: o | joined by",
        "name: a, until: 2026-01-02, reason: r, owner: o | from: is required",
        "name: a, from: 2026-01-01, until: 2026-01-02, owner: o | reason: is required",
        "name: a, from: 2026-01-01, until: 2026-01-02, reason: r | owner: is required",
        "name: a, from: 2026-01-03, until: 2026-01-02, reason: r, owner: o | must be after from",
        "name: a, from: 2026-01-01, until: 2026-01-02, reason: r, owner: o, mode: no | mode: 'no'",
        "name: a, from: 2026-01-01, until: 2026-01-02, reason: r, owner: o, scope: runbok.name =="
            + " 'x' | runbok",
        "name: a, from: 2026-01-01, until: 2026-01-02, reason: r, owner: o, except: [2026-01-01] |"
            + " except:",
        "name: a, from: 2026-01-01, until: 2026-01-02, reason: r, owner: o, repeat: FREQ=DAILY,"
            + " except: [x] | 'x' is no day",
      })
  void whatIsWrong_isNamed(String entry, String fault) {
    assertThatThrownBy(() -> read("- {" + entry + "}"))
        .hasMessageContaining("freezes")
        .hasMessageContaining(fault);
  }

  @Test
  void ownerNobodyKnows_orANameTwice_isAProblem() throws Exception {
    String one = "- {name: a, from: 2026-01-01, until: 2026-01-02, reason: r, owner: o}\n";
    assertThat(FreezeSettings.problems(read(one), Set.of("o"))).isEmpty();
    assertThat(FreezeSettings.problems(read(one + one), Set.of("p")))
        .anyMatch(it -> it.contains("'a': owner: there is no team or person 'o'"))
        .anyMatch(it -> it.contains("'a': there are two"));
  }
}
