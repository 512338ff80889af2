package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.access.Role;
import dev.firebreak.api.ApiServer.Answer;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every command of the page for API users is carried out. */
class ApiPageTest {
  private static final Path PAGE = Path.of("../docs/api.md");

  @Test
  void everyCommand_doesWhatThePageSays() throws Exception {
    try (ApiServer server = new ApiServer()) {
      Map<String, String> variables = variables(server);
      List<String> commands = commands();
      assertThat(commands).hasSizeGreaterThan(20);
      for (String command : commands) {
        Answer answer = Curl.of(command, variables).send(server);
        assertThat(answer.status()).as("%s%n%s", command, answer.text()).isBetween(200, 299);
      }
    }
  }

  @Test
  void everyProblem_onThePage_isWhatTheDescriptionSays() throws IOException {
    Description description = new Description();
    Matcher block = Pattern.compile("(?s)```json\n(.*?)```").matcher(Files.readString(PAGE));
    assertThat(block.find()).isTrue();
    JsonNode schema = Description.JSON.readTree("{\"$ref\":\"#/components/schemas/Problem\"}");
    assertThat(description.faults(schema, Description.JSON.readTree(block.group(1)))).isEmpty();
  }

  private static Map<String, String> variables(ApiServer server) {
    Incident incident = server.samples.incident("page");
    Run run = server.samples.run(incident.id());
    return Map.of(
        "FIREBREAK", "",
        "TOKEN", server.token("ana", Role.ADMIN),
        "INCIDENT", incident.id(),
        "RUN", run.id(),
        "STEP", "failover",
        "RUNBOOK", server.runbook.name(),
        "GATE", server.samples.gate(incident.id(), run.id()).id(),
        "HASH", Samples.HASH,
        "VERSION", server.runbook.version(),
        "ARTIFACT",
            server
                .samples
                .artifact(incident.id(), run.id(), "info.txt", "text/plain", new byte[] {1})
                .id());
  }

  private static List<String> commands() throws IOException {
    List<String> found = new ArrayList<>();
    Matcher block = Pattern.compile("(?s)```bash\n(.*?)```").matcher(Files.readString(PAGE));
    while (block.find()) {
      block.group(1).lines().filter(line -> line.startsWith("curl ")).forEach(found::add);
    }
    return found;
  }

  /** A curl command, as far as the page uses curl. */
  private record Curl(
      String method, String path, @Nullable String token, @Nullable String body, String[] headers) {
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");

    static Curl of(String command, Map<String, String> variables) {
      Deque<String> words = new ArrayDeque<>(words(command, variables));
      words.removeFirst();
      String method = "";
      String path = "";
      String token = null;
      String body = null;
      List<String> headers = new ArrayList<>();
      while (!words.isEmpty()) {
        String word = words.removeFirst();
        switch (word) {
          case "-X" -> method = words.removeFirst();
          case "--json" -> body = words.removeFirst();
          case "--data-binary" -> {
            assertThat(words.removeFirst()).startsWith("@");
            body = "runbook: redis-down\n";
          }
          case "-OJ" -> assertThat(method).isEmpty();
          case "-H" -> {
            String[] header = words.removeFirst().split(": ", 2);
            if (header[0].equals("Authorization")) {
              token = header[1].substring("Bearer ".length());
            } else {
              headers.addAll(Arrays.asList(header));
            }
          }
          default -> path = word;
        }
      }
      String verb = method.isEmpty() ? (body == null ? "GET" : "POST") : method;
      return new Curl(verb, path, token, body, headers.toArray(String[]::new));
    }

    private static List<String> words(String command, Map<String, String> variables) {
      List<String> words = new ArrayList<>();
      Matcher word = WORD.matcher(command);
      while (word.find()) {
        StringBuilder text = new StringBuilder();
        Matcher part = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^'\"]+)").matcher(word.group());
        while (part.find()) {
          String plain = part.group(1);
          String open = part.group(2) == null ? part.group(3) : part.group(2);
          text.append(plain == null ? filled(String.valueOf(open), variables) : plain);
        }
        words.add(text.toString());
      }
      return words;
    }

    private static String filled(String text, Map<String, String> variables) {
      Matcher variable = Pattern.compile("\\$([A-Z]+)").matcher(text);
      return variable.replaceAll(
          found -> {
            assertThat(variables).containsKey(found.group(1));
            return Matcher.quoteReplacement(String.valueOf(variables.get(found.group(1))));
          });
    }

    Answer send(ApiServer server) {
      return server.call(method, path, token, body, headers);
    }
  }
}
