package dev.firebreak.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands about gates and schedules ask a service, and what they print. */
class GateCommandsTest {
  private static final String GATE =
      """
      {"id": "gate_1", "run": "run_1", "question": "May Firebreak do it?\\u001b[2J", "why": "limit",
       "plan": {"action": "command", "params": {"run": ["restart", "redis"]}}, "plan_hash": "%s",
       "asked": ["ana"], "quorum": 2, "status": "open", "expires_at": "2026-11-22T12:15:00Z",
       "votes": [{"person": "zoe", "approve": true}]}\
      """
          .formatted("5f0c".repeat(16));

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
    List<String> all = new java.util.ArrayList<>(List.of(words));
    all.addAll(
        List.of(
            "--server",
            "http://127.0.0.1:" + server.getPort() + "/",
            "--token-file",
            folder.resolve("token").toString()));
    return CommandLine.run(all.toArray(String[]::new));
  }

  private String request() throws Exception {
    RecordedRequest request = server.takeRequest();
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer fbt_secret");
    return request.getMethod()
        + " "
        + request.getTarget()
        + " "
        + (request.getBody() == null ? "" : request.getBody().utf8());
  }

  @Test
  void gates_sayWhatIsAsked_andSteerNoTerminal() throws Exception {
    answers(200, "{\"items\": [" + GATE + "]}");
    assertThat(run("gates"))
        .contains("gate_1  open until 2026-11-22T12:15:00Z", "run run_1, asks ana, 1 of 2")
        .doesNotContain("\u001b");
    answers(200, GATE);
    assertThat(run("gates", "gate_1"))
        .contains("plan.params.run: [\"restart\",\"redis\"]", "--plan 5f0c5f0c5f0c");
    answers(200, "{\"items\": []}");
    assertThat(run("gates")).isEqualTo("nothing is asked");
  }

  @Test
  void approve_sendsTheHashOfThePlanThatWasSeen() throws Exception {
    answers(200, GATE);
    answers(200, GATE.replace("\"open\"", "\"approved\""));
    assertThat(run("approve", "gate_1", "--plan", "5f0c5f0c5f0c", "--reason", "fine"))
        .contains("approved since");
    assertThat(request()).startsWith("GET /api/v1/gates/gate_1 ");
    assertThat(request())
        .startsWith("POST /api/v1/gates/gate_1/approve ")
        .contains("\"plan_hash\":\"" + "5f0c".repeat(16), "\"reason\":\"fine\"");
  }

  @Test
  void form_isShown_andItsAnswersAreSent() throws Exception {
    String asking =
        GATE.replace(
            "\"quorum\"",
            """
            "form": [{"name": "replicas", "label": "How many?", "help": "", "type": "integer",
                "required": true, "min": 1, "max": 20, "options": []}], "answers": {}, "quorum"\
            """);
    answers(200, asking);
    assertThat(run("gates", "gate_1"))
        .contains(
            "fill in replicas: How many? (integer, at least 1, at most 20)",
            "--plan 5f0c5f0c5f0c --answer replicas=… --reason");
    answers(200, asking.replace("\"answers\": {}", "\"answers\": {\"replicas\": 4}"));
    assertThat(run("gates", "gate_1")).contains("it stands at 4", "--answer replicas=4 --reason");
    answers(200, asking);
    answers(200, asking.replace("\"open\"", "\"approved\""));
    assertThat(
            run(
                "approve",
                "gate_1",
                "--plan",
                "5f0c5f0c5f0c",
                "--answer",
                "replicas=4",
                "--answer",
                "why=a=b",
                "--reason",
                "x"))
        .contains("approved");
    assertThat(List.of(request(), request(), request(), request()).getLast())
        .contains("\"answers\":{\"replicas\":\"4\",\"why\":\"a=b\"}");
    answers(200, asking);
    assertThatThrownBy(
            () ->
                run(
                    "approve",
                    "gate_1",
                    "--plan",
                    "5f0c5f0c5f0c",
                    "--answer",
                    "4",
                    "--reason",
                    "x"))
        .hasMessageContaining("exit code 2: firebreak: --answer is NAME=VALUE");
  }

  @Test
  void approve_ofAnotherPlanOrOfNone_sendsNothing() throws Exception {
    answers(200, GATE);
    assertThatThrownBy(() -> run("approve", "gate_1", "--plan", "aaaaaaaaaaaa", "--reason", "x"))
        .hasMessageContaining("exit code 1: firebreak: plan aaaaaaaaaaaa is not the one asked for");
    answers(200, GATE);
    assertThatThrownBy(() -> run("approve", "gate_1", "--plan", "5", "--reason", "x"))
        .hasMessageContaining("exit code 1");
    answers(200, GATE);
    assertThatThrownBy(() -> run("approve", "gate_1", "--reason", "x"))
        .hasMessageContaining("exit code 2: firebreak: --plan is missing");
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void reject_ofARun_findsItsGate_andTheLateAreToldWhoDecided() throws Exception {
    answers(200, "{\"items\": [" + GATE + "]}");
    answers(410, "{\"detail\": \"this gate is approved since 12:00, approved by bo\"}");
    assertThatThrownBy(() -> run("reject", "run_1", "--reason", "no"))
        .hasMessageContaining("exit code 1: firebreak: this gate is approved since 12:00");
    assertThat(request()).startsWith("GET /api/v1/gates?status=open");
    assertThat(request()).startsWith("POST /api/v1/gates/gate_1/reject ");
    answers(200, "{\"items\": [" + GATE + "]}");
    assertThatThrownBy(() -> run("reject", "run_2", "--reason", "no"))
        .hasMessageContaining("run run_2 asks nothing now");
  }

  @Test
  void serviceThatDoesNotAnswer_orNoToken_isSaid() throws Exception {
    Files.writeString(folder.resolve("token"), " \n");
    assertThatThrownBy(() -> run("gates"))
        .hasMessageContaining("exit code 2")
        .hasMessageContaining("FIREBREAK_TOKEN");
    Files.writeString(folder.resolve("token"), "fbt_secret");
    server.close();
    assertThatThrownBy(() -> run("gates")).hasMessageContaining("does not answer");
  }

  @Test
  void schedules_sayWhoIsOnDuty_andTakeCovers() throws Exception {
    answers(
        200,
        "{\"items\": [{\"name\": \"cache\", \"now\": {\"person\": \"ana\", \"to\": \"T1\"},"
            + " \"gap\": {\"from\": \"T2\"}}]}");
    assertThat(run("schedule", "list"))
        .isEqualTo("cache  now ana until T1, then nobody, NOBODY from T2");
    assertThat(request()).startsWith("GET /api/v1/schedules ");
    answers(200, "{\"shifts\": [{\"person\": \"bo\"}]}");
    assertThat(run("schedule", "show", "cache", "--at", "2026-12-24T18:00:00Z")).endsWith(": bo");
    assertThat(request()).contains("?from=2026-12-24T18:00:00Z&to=2026-12-24T18:00:01Z");
    answers(200, "{\"shifts\": []}");
    assertThatThrownBy(() -> run("schedule", "show", "cache", "--at", "2026-12-24T18:00:00Z"))
        .hasMessageContaining("exit code 1")
        .hasMessageContaining(": nobody");
    assertThat(request()).isNotEmpty();
    answers(201, "{\"id\": \"cov_1\", \"person\": \"cy\", \"from\": \"a\", \"to\": \"b\"}");
    assertThat(run("schedule", "cover", "cache", "--person", "cy", "--to", "2026-12-24T18:00:00Z"))
        .isEqualTo("cov_1: cy takes cache from a to b");
    assertThat(request())
        .startsWith("POST /api/v1/schedules/cache/overrides ")
        .contains("\"person\":\"cy\"");
    Files.writeString(folder.resolve("rota.ics"), "BEGIN:VCALENDAR");
    answers(200, "{\"made\": 2, \"removed\": 1}");
    assertThat(run("schedule", "import", "cache", folder.resolve("rota.ics").toString()))
        .contains("2 overrides made, 1 of the last import removed");
    assertThat(request()).isEqualTo("POST /api/v1/schedules/cache/import BEGIN:VCALENDAR");
    assertThatThrownBy(() -> run("schedule", "show", "cache", "--at", "noon"))
        .hasMessageContaining("exit code 2");
    assertThatThrownBy(() -> run("schedule", "dance")).hasMessageContaining("exit code 2");
  }
}
