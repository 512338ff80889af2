package dev.firebreak.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.firebreak.action.Action;
import dev.firebreak.action.Catalogue;
import dev.firebreak.core.Masker;
import dev.firebreak.core.Secrets;
import dev.firebreak.fixtures.Bench;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.runbook.Loaded;
import dev.firebreak.runbook.RunbookLoader;
import io.dropwizard.jackson.Jackson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** The examples of the pages about tickets are true. */
class TicketDocsTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

  private static String page(String path) throws IOException {
    Path here = Path.of("docs", path);
    return Files.readString(Files.exists(here) ? here : Path.of("..").resolve(here));
  }

  private static String example(String page) {
    Matcher example = EXAMPLE.matcher(page);
    assertThat(example.find()).isTrue();
    return Objects.requireNonNull(example.group(1));
  }

  @Test
  void configuration_inTheOperatorsPage_isBuiltWhole() throws Exception {
    ObjectMapper yaml = Jackson.newObjectMapper(new YAMLFactory());
    JsonNode tickets = yaml.readTree(example(page("operators/tickets.md"))).path("tickets");
    TicketParts parts =
        new TicketParts(
            new OkHttpClient(),
            yaml,
            new Secrets(Map.of(), name -> "key", new Masker()),
            Path.of("data"),
            new SettableClock());
    List<String> built = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : tickets.properties()) {
      TicketSettings settings = yaml.treeToValue(entry.getValue(), TicketSettings.class);
      built.add(settings.build(entry.getKey(), parts).name());
    }
    assertThat(built).containsExactly("file", "redmine");
  }

  @Test
  void keys_ofEverySystem_areInTheOperatorsPage() throws Exception {
    String page = page("operators/tickets.md");
    List<Class<?>> records =
        List.of(
            dev.firebreak.ticket.file.FileSettings.class,
            dev.firebreak.ticket.redmine.RedmineSettings.class);
    for (Class<?> settings : records) {
      for (var key : settings.getRecordComponents()) {
        assertThat(page).contains("| `" + key.getName() + "` |");
      }
    }
  }

  @Test
  void runbook_inTheActionsPage_loads() throws Exception {
    Action ticket = new TicketAction(List.of("file", "redmine"));
    Catalogue actions = Catalogue.found(new Bench().equipment(), List.of(ticket));
    Loaded loaded =
        new RunbookLoader(actions).load("redis-down.yml", example(page("actions/ticket.md")));
    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.runbook()).isNotNull();
  }

  @Test
  void parameters_ofTheAction_areInItsPage() throws Exception {
    String page = page("actions/ticket.md");
    Map<?, ?> properties =
        (Map<?, ?>) Objects.requireNonNull(new TicketAction(List.of()).schema().get("properties"));
    properties.keySet().forEach(name -> assertThat(page).contains("| `" + name + "` |"));
  }
}
