package dev.firebreak.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.fixtures.DocExamples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands about promotion ask a service, what they print, and what is configured. */
class PromotionCommandsTest {
  private static final String VERSION = "5f0c".repeat(16);
  private static final String STANDING =
      """
      {"runbook": "redis-down", "version": "%s", "state": "rehearsing", "runs": 2,
       "rehearsed": [{"run": "run_1", "step": "restart", "incident": "inc_1",
         "what": "'restart' would\\u001b[2J have", "at": "2026-11-22T12:00:00Z"}]}\
      """
          .formatted(VERSION);
  private static final String BOOKS =
      """
      {"items": [{"name": "disk-full", "version": "%1$s", "promotion": "promoted"},
       {"name": "redis-down", "version": "%1$s", "promotion": "rehearsing"}]}\
      """
          .formatted(VERSION);

  private final MockWebServer server = new MockWebServer();
  @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    server.start();
    Files.writeString(folder.resolve("token"), "fbt_secret\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void answers(int code, String body) {
    server.enqueue(new MockResponse.Builder().code(code).body(body).build());
  }

  private String run(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("runbook"));
    all.addAll(List.of(words));
    all.addAll(List.of("--server", "http://127.0.0.1:" + server.getPort()));
    all.addAll(List.of("--token-file", folder.resolve("token").toString()));
    return CommandLine.run(all.toArray(String[]::new));
  }

  private String request() throws Exception {
    RecordedRequest request = server.takeRequest();
    return "%s %s %s"
        .formatted(
            request.getMethod(),
            request.getTarget(),
            request.getBody() == null ? "" : request.getBody().utf8());
  }

  @Test
  void promotion_saysWhatRehearses_andWhatItWouldHaveDone() throws Exception {
    answers(200, BOOKS);
    assertThat(run("promotion")).contains("rehearsing  5f0c5f0c5f0c  redis-down");
    answers(200, STANDING);
    assertThat(run("promotion", "redis-down"))
        .contains("is rehearsing; 2 runs rehearsed it", "run_1  'restart' would", "have")
        .contains("firebreak runbook promote redis-down --version 5f0c5f0c5f0c --reason")
        .doesNotContain("\u001b");
  }

  @Test
  void promote_sendsTheVersionThatWasSeen() throws Exception {
    answers(200, STANDING.replace("rehearsing", "promoted"));
    assertThat(run("promote", "redis-down", "--version", "5f0c5f0c5f0c", "--reason", "fine"))
        .contains("is promoted");
    assertThat(request())
        .startsWith("POST /api/v1/runbooks/redis-down/promote ")
        .contains("\"version\":\"5f0c5f0c5f0c\"", "\"reason\":\"fine\"");
    answers(409, "{\"detail\": \"it is at version abc by now\"}");
    assertThatThrownBy(() -> run("promote", "redis-down", "--version", "x", "--reason", "y"))
        .hasMessageContaining("exit code 1: firebreak: it is at version abc by now");
    assertThatThrownBy(() -> run("promote", "redis-down", "--reason", "y"))
        .hasMessageContaining("exit code 2: firebreak: --version is missing");
    assertThatThrownBy(() -> run("promote")).hasMessageContaining("exit code 2");
  }

  @Test
  void promoteAll_promotesWhatIsInForce_andNotPromotedYet() throws Exception {
    answers(200, BOOKS);
    answers(200, STANDING);
    assertThat(run("promote", "--all", "--reason", "they have run for a year"))
        .contains("redis-down")
        .doesNotContain("disk-full");
    assertThat(request()).startsWith("GET /api/v1/runbooks ");
    assertThat(request()).startsWith("POST /api/v1/runbooks/redis-down/promote ").contains(VERSION);
  }

  @Test
  void withdraw_isSent() throws Exception {
    answers(200, STANDING);
    String unused = run("withdraw", "redis-down", "--version", "5f0c5f0c5f0c", "--reason", "no");
    assertThat(request()).startsWith("POST /api/v1/runbooks/redis-down/withdraw ");
  }

  private Equipage equip(String section) throws Exception {
    Path file = folder.resolve("config.yml");
    String teams = "data: %s\nteams:\n  team-platform: {members: [ana]}\n".formatted(folder);
    Files.writeString(file, teams + section);
    return Configurations.equip(file.toString(), Configurations.read(file.toString()), System.out);
  }

  @Test
  void exampleOnThePage_isAConfiguration_andUnknownPeopleAreRefused() throws Exception {
    String example =
        DocExamples.of("guards.md", "yaml").stream()
            .filter(block -> block.startsWith("promotion:"))
            .findFirst()
            .orElseThrow();
    assertThat(equip(example)).isNotNull();
    assertThatThrownBy(() -> equip("promotion: {required: true, by: [nobody]}\n"))
        .hasMessageContaining("promotion.by: 'nobody' is no person and no team");
    assertThatThrownBy(() -> equip("promotion: {required: true, by: ['']}\n"))
        .hasMessageContaining("promotion.by: a name is empty");
  }
}
