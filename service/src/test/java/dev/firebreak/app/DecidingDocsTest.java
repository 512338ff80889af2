package dev.firebreak.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.firebreak.access.Team;
import dev.firebreak.access.Teams;
import dev.firebreak.channel.Channels;
import dev.firebreak.channel.console.ConsoleChannel;
import dev.firebreak.oncall.Contact;
import dev.firebreak.oncall.People;
import dev.firebreak.oncall.Person;
import io.dropwizard.jackson.Jackson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example of the page about deciding, and whom it reaches. */
class DecidingDocsTest {
  private static final ObjectMapper YAML = Jackson.newObjectMapper(new YAMLFactory());
  private static final Channels MAIL =
      new Channels(List.of(new ConsoleChannel("mail", System.out)));

  private static FirebreakConfiguration example() throws Exception {
    String page = Files.readString(Path.of("../docs/operators/deciding.md"));
    Matcher yaml = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(page);
    assertThat(yaml.find()).isTrue();
    return YAML.readValue(yaml.group(1), FirebreakConfiguration.class);
  }

  @Test
  void example_isReadAndFine() throws Exception {
    assertThat(example().siteSecret()).isNotNull();
    assertThat(example().decisions().problems(MAIL, true)).isEmpty();
  }

  @Test
  void linksWithoutSecretOrOfNoChannel_areProblems() throws Exception {
    assertThat(example().decisions().problems(MAIL, false))
        .singleElement()
        .asString()
        .contains("siteSecret");
    assertThat(example().decisions().problems(new Channels(List.of()), true))
        .singleElement()
        .asString()
        .contains("there is no channel 'mail'");
  }

  @Test
  void whoIsAsked_byNameOrInATeam_isReachedByAddressesOfTheirOwnOnly() throws Exception {
    Contact ana = new Contact("mail", "ana@example.com");
    People people =
        new People(
            Map.of(
                "ana",
                new Person(List.of(ana, new Contact("sms", "+49")), ZoneOffset.UTC),
                "ben",
                new Person(List.of(new Contact("mail", null)), ZoneOffset.UTC),
                "eve",
                new Person(List.of(new Contact("mail", "eve@example.com")), ZoneOffset.UTC)));
    Teams teams = new Teams(Map.of("cache", new Team(List.of("ana", "ben", "cy"), null)));
    assertThat(example().decisions().contacts(List.of("cache"), teams, people))
        .isEqualTo(Map.of("ana", List.of(ana)));
    assertThat(example().decisions().contacts(List.of("eve"), teams, people))
        .containsOnlyKeys("eve");
    assertThat(DecisionSettings.NONE.contacts(List.of("cache", "eve"), teams, people)).isEmpty();
  }
}
