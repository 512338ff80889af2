package dev.firebreak.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.firebreak.access.Team;
import dev.firebreak.access.Teams;
import dev.firebreak.action.Catalogue;
import dev.firebreak.channel.ChannelSettings;
import dev.firebreak.channel.Channels;
import dev.firebreak.channel.Parts;
import dev.firebreak.escalation.Chain;
import dev.firebreak.escalation.EscalationSettings;
import dev.firebreak.escalation.Reach;
import dev.firebreak.expression.Templates;
import dev.firebreak.fixtures.Bench;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.runbook.Loaded;
import dev.firebreak.runbook.Problem;
import dev.firebreak.runbook.RunbookLoader;
import io.dropwizard.jackson.Jackson;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of the pages about channels, teams, escalations and notify are true. */
class NotifyDocsTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final ObjectMapper YAML =
      Jackson.newObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  @Test
  void configuration_inTheOperatorsPage_isBuiltWholeAndReachesEverybody() throws Exception {
    JsonNode root = YAML.readTree(examples("operators/channels.md").getFirst());
    Channels channels = channels(root);
    Teams teams = YAML.treeToValue(root.path("teams"), Teams.class);
    EscalationSettings chains =
        YAML.treeToValue(root.path("escalations"), EscalationSettings.class);

    assertThat(channels.names())
        .containsExactly(
            "#cache",
            "cache-team",
            "console",
            "mail",
            "pager",
            "pagerduty",
            "phones",
            "questions",
            "town-square");
    assertThat(teams.problems(channels.names())).isEmpty();
    assertThat(chains.problems(new Reach(teams, channels.names()))).isEmpty();
    assertThat(chains.chains()).hasSize(1);
  }

  @Test
  void alarms_inTheOperatorsPage_nameChannelsOfTheExample() throws Exception {
    List<String> examples = examples("operators/channels.md");
    List<String> alarms = new ArrayList<>();
    YAML.readTree(examples.get(1)).path("alarms").forEach(name -> alarms.add(name.asText()));

    assertThat(alarms).hasSize(2);
    assertThat(UnheardDesk.problems(alarms, channels(YAML.readTree(examples.getFirst()))))
        .isEmpty();
  }

  @Test
  void keys_ofEveryRecord_areInTheOperatorsPage() throws Exception {
    String page = page("operators/channels.md");
    List<Class<?>> records = new ArrayList<>(List.of(Team.class, Chain.class));
    try (var lines =
        Files.lines(
            Path.of("src/main/resources/META-INF/services", ChannelSettings.class.getName()))) {
      for (String name : lines.toList()) {
        records.add(Class.forName(name));
      }
    }
    assertThat(records).hasSize(11);
    for (Class<?> settings : records) {
      for (RecordComponent key : settings.getRecordComponents()) {
        assertThat(page).contains("| `" + key.getName() + "` |");
      }
    }
  }

  @Test
  void runbook_inThePageOfTheAction_loads() throws Exception {
    Channels channels = channels(YAML.readTree(examples("operators/channels.md").getFirst()));
    Catalogue actions =
        Catalogue.found(
            new Bench().equipment(),
            List.of(new NotifyAction(channels, new Templates(Path.of("../templates")))));
    List<String> runbooks = List.of(examples("actions/notify.md").getFirst());
    for (String runbook : runbooks) {
      Loaded loaded = new RunbookLoader(actions).load("example.yml", runbook);
      assertThat(loaded.problems()).isEmpty();
      assertThat(loaded.runbook()).isNotNull();
    }
  }

  @Test
  void runbook_thatNamesAnUnknownChannel_isRefusedWithASuggestion() throws Exception {
    Channels channels = channels(YAML.readTree(examples("operators/channels.md").getFirst()));
    Catalogue actions =
        Catalogue.found(
            new Bench().equipment(),
            List.of(new NotifyAction(channels, new Templates(Path.of("../templates")))));
    String runbook =
        examples("actions/notify.md")
            .getFirst()
            .replace("[pager, mail]", "[pager, mial]")
            .replace("\"#cache\"", "cache");

    Loaded loaded = new RunbookLoader(actions).load("example.yml", runbook);

    assertThat(loaded.problems().stream().map(Problem::asLine))
        .satisfiesExactly(
            one -> assertThat(one).contains("not 'cache'", "did you mean '#cache'?"),
            two -> assertThat(two).contains("not 'mial'", "did you mean 'mail'?"));
  }

  @Test
  void parameters_ofTheAction_areInItsPage() throws Exception {
    String page = page("actions/notify.md");
    Map<?, ?> properties =
        (Map<?, ?>)
            Objects.requireNonNull(
                new NotifyAction(new Channels(List.of()), new Templates(Path.of("none")))
                    .schema()
                    .get("properties"));
    assertThat(properties).hasSize(4);
    properties.keySet().forEach(name -> assertThat(page).contains("| `" + name + "` |"));
  }

  private static Channels channels(JsonNode root) throws Exception {
    Map<String, ChannelSettings> settings =
        YAML.readerFor(new TypeReference<Map<String, ChannelSettings>>() {})
            .readValue(root.path("channels"));
    return Channels.build(settings, Parts.at(new SettableClock()));
  }

  private static String page(String path) throws Exception {
    return Files.readString(Path.of("../docs", path));
  }

  private static List<String> examples(String path) throws Exception {
    Matcher example = EXAMPLE.matcher(page(path));
    List<String> found = new ArrayList<>();
    while (example.find()) {
      found.add(Objects.requireNonNull(example.group(1)));
    }
    assertThat(found).isNotEmpty();
    return found;
  }
}
