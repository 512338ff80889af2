package dev.firebreak.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.firebreak.access.Teams;
import dev.firebreak.channel.ChannelSettings;
import dev.firebreak.channel.Channels;
import dev.firebreak.channel.Parts;
import dev.firebreak.fixtures.DocExamples;
import dev.firebreak.fixtures.MemoryAbsences;
import dev.firebreak.fixtures.MemoryCovers;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.oncall.DutyDesk;
import dev.firebreak.oncall.People;
import dev.firebreak.oncall.Person;
import dev.firebreak.oncall.Rotation;
import dev.firebreak.oncall.Schedule;
import dev.firebreak.oncall.Schedules;
import io.dropwizard.jackson.Jackson;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example of the page about being on call is true. */
class OnCallDocsTest {
  private static final ObjectMapper YAML =
      Jackson.newObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  @Test
  void example_isBuiltWhole_reachesEverybody_andLeavesNoHourOpen() throws Exception {
    JsonNode root = YAML.readTree(DocExamples.of("operators/oncall.md", "yaml").getFirst());
    Map<String, ChannelSettings> settings =
        YAML.readerFor(new TypeReference<Map<String, ChannelSettings>>() {})
            .readValue(root.path("channels"));
    Channels channels = Channels.build(settings, Parts.at(new SettableClock()));
    Teams teams = YAML.treeToValue(root.path("teams"), Teams.class);
    People people = YAML.treeToValue(root.path("people"), People.class);
    Schedules schedules = YAML.treeToValue(root.path("schedules"), Schedules.class);
    EscalationSettings chains =
        YAML.treeToValue(root.path("escalations"), EscalationSettings.class);
    DutyDesk duty = new DutyDesk(schedules, new MemoryCovers(), new MemoryAbsences());
    Reach reach = new Reach(teams, channels.names(), people, schedules, duty);

    assertThat(people.problems(one -> channels.get(one.channel()).addressFault(one.to())))
        .isEmpty();
    assertThat(schedules.problems(List.of("ana", "bo", "cy"))).isEmpty();
    assertThat(schedules.gaps(Instant.parse("2026-11-02T08:00:00Z"))).isEmpty();
    assertThat(reach.ambiguities()).isEmpty();
    assertThat(chains.problems(reach)).isEmpty();
    assertThat(reach.callee(effect -> {}, "cache-office", Instant.parse("2026-11-03T12:00:00Z")))
        .extracting(Callee::text)
        .isEqualTo("cache-office: cy (mail)");
    assertThat(reach.callee(effect -> {}, "cache-office", Instant.parse("2026-11-03T19:00:00Z")))
        .extracting(Callee::text)
        .isEqualTo("cache-office: ana (mail, sms)");
  }

  @Test
  void keys_areAllOnThePage() throws Exception {
    String page = Files.readString(Path.of("../docs/operators/oncall.md"));
    for (Class<?> settings : List.of(Person.class, Schedule.class, Rotation.class)) {
      for (RecordComponent key : settings.getRecordComponents()) {
        assertThat(page).contains("| `" + key.getName() + "` |");
      }
    }
  }

  @Test
  void gaps_nameTheFirstAndCountTheOthers() throws Exception {
    Schedules schedules =
        YAML.readValue(
            """
            nights:
              timezone: UTC
              rotations:
                - {people: [ana], every: 1d, handover: "20:00", from: 2026-11-01, hours: [daily 20:00-08:00]}
            """,
            Schedules.class);
    assertThat(schedules.gaps(Instant.parse("2026-11-02T07:00:00Z")))
        .singleElement()
        .asString()
        .contains(
            "schedules.nights: nobody is on call from 2026-11-02T08:00:00Z to 2026-11-02T20:00:00Z")
        .contains("and 27 more times");
  }
}
