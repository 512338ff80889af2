package dev.firebreak.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.fixtures.Bench;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActionCatalogueTest {
  private final Bench bench = new Bench();

  @Test
  void actionsOfThisRoom_findTheirWayIn() {
    assertThat(bench.catalogue().types())
        .containsExactly("command", "http", "prometheus", "tcp", "wait");
  }

  @Test
  void actionsFromOutside_areTaken_unlessTheirNameIs() {
    Action wait = bench.action("wait");
    assertThat(new Catalogue(List.of(wait)).get("wait")).isSameAs(wait);
    assertThatThrownBy(() -> Catalogue.found(bench.equipment(), List.of(wait)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two actions are called 'wait'");
  }

  @Test
  void settings_unknownOrWrong_nameTheirKey() {
    assertThatThrownBy(() -> new Bench().settings("htttp", Map.of()).catalogue())
        .hasMessage(
            "actions.htttp: there is no such action; there are command, http, prometheus, tcp,"
                + " wait");
    assertThatThrownBy(() -> new Bench().settings("http", Map.of("maxBodyy", "1MiB")).catalogue())
        .hasMessageStartingWith("actions.http.maxBodyy: ")
        .hasMessageContaining("maxBody");
    assertThatThrownBy(() -> new Bench().settings("http", Map.of("maxBody", "1GiB")).catalogue())
        .hasMessageContaining("actions.http")
        .hasMessageContaining("maxBody must be from 1 byte to 64 MiB");
    assertThatThrownBy(
            () -> new Bench().settings("command", Map.of("allow", List.of("a/b"))).catalogue())
        .hasMessageContaining("actions.command")
        .hasMessageContaining("'a/b'");
    assertThatThrownBy(
            () -> new Bench().settings("prometheus", Map.of("url", "prometheus:9090")).catalogue())
        .hasMessageContaining("actions.prometheus")
        .hasMessageContaining("http://prometheus:9090");
  }
}
