package dev.firebreak.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.jackson.Jackson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TeamsTest {
  private static final ObjectMapper JSON =
      Jackson.newObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final Teams teams =
      new Teams(
          Map.of(
              "cache", new Team(List.of("ana", "bo"), "#cache"),
              "web", new Team(List.of("bo"), null)));

  @Test
  void teamsOf_person_namesAllTheirTeams() {
    assertThat(teams.teamsOf("bo")).containsExactlyInAnyOrder("cache", "web");
    assertThat(teams.teamsOf("nobody")).isEmpty();
  }

  @Test
  void channelsOf_personAndTeam_reachesEachOnce() {
    assertThat(teams.channelsOf(List.of("cache", "ana"))).containsExactly("#cache");
    assertThat(teams.silent(List.of("cache", "web", "eve"))).containsExactly("web", "eve");
  }

  @Test
  void problems_withUnknownChannel_namesTeamAndChannel() {
    assertThat(teams.problems(Set.of("#web")))
        .singleElement()
        .asString()
        .contains("teams.cache.channel", "'#cache'", "#web");
    assertThat(teams.problems(Set.of("#cache"))).isEmpty();
  }

  @Test
  void team_withoutMembers_isRefused() {
    assertThatThrownBy(() -> JSON.readValue("{\"cache\": {\"members\": []}}", Teams.class))
        .hasMessageContaining("at least one person");
  }

  @Test
  void teams_fromConfiguration_keepTheirOrder() throws Exception {
    Teams read =
        JSON.readValue(
            "{\"z\": {\"members\": [\"ana\"], \"channel\": \"#z\"}, \"a\": {\"members\":"
                + " [\"bo\"]}}",
            Teams.class);

    assertThat(read.teams().keySet()).containsExactly("z", "a");
    assertThat(read.channelOf("z")).contains("#z");
    assertThat(read.channelOf("a")).isEmpty();
  }

  @Test
  void team_withUnknownKey_isRefused() {
    assertThatThrownBy(
            () -> JSON.readValue("{\"a\": {\"members\": [\"x\"], \"chanel\": \"y\"}}", Teams.class))
        .hasMessageContaining("chanel");
  }
}
