package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.access.Role;
import dev.firebreak.api.ApiServer.Answer;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.Automation;
import dev.firebreak.run.Artifact;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Run;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResourcesTest {
  private static ApiServer server;
  private static String ana;
  private static String admin;

  @BeforeAll
  static void start() throws Exception {
    server = new ApiServer();
    ana = server.token("ana", Role.APPROVER);
    admin = server.token("boss", Role.ADMIN);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    server.orders.given.clear();
    server.clock.advance(Duration.ofMillis(1));
  }

  private static JsonNode get(String path) {
    Answer answer = server.call("GET", path, ana, null);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static JsonNode post(String path, @Nullable String body) {
    Answer answer = server.call("POST", path, ana, body);
    assertThat(answer.status()).as(answer.text()).isBetween(200, 204);
    return answer.status() == 204 ? Description.JSON.missingNode() : answer.json();
  }

  @Test
  void list_walkedByCursor_showsEachOnce() {
    Incident incident = server.samples.incident("walk");
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      Run run =
          server.samples.commit(
              tx -> server.samples.run(tx, incident.id(), "book-" + server.ids.next("x")));
      made.addFirst(run.id());
    }
    List<String> seen = new ArrayList<>();
    String path = "/api/v1/runs?limit=3&incident=" + incident.id();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page = get(path + cursor);
      page.path("items").forEach(item -> seen.add(item.path("id").asText()));
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
      pages++;
    } while (!cursor.isEmpty() && pages < 10);
    assertThat(seen).isEqualTo(made);
    assertThat(pages).isEqualTo(3);
    assertThat(get(path + "&status=failed").path("items")).isEmpty();
    assertThat(get("/api/v1/runs?limit=7&incident=" + incident.id()).has("next")).isFalse();
  }

  @Test
  void incident_hasAllThatBelongsToIt() {
    Incident incident = server.samples.incident("whole");
    Run run = server.samples.run(incident.id());
    JsonNode shown = get("/api/v1/incidents/" + incident.id());
    assertThat(shown.path("key").asText()).isEqualTo("whole");
    assertThat(shown.path("opened_at").asText()).isEqualTo("2026-11-22T12:00:00.123Z");
    assertThat(shown.path("runs").get(0).path("id").asText()).isEqualTo(run.id());
    assertThat(get("/api/v1/incidents?status=open").path("items").findValuesAsText("id"))
        .contains(incident.id());
  }

  @Test
  void timeline_isReadOn() {
    Incident incident = server.samples.incident("timeline");
    for (int i = 0; i < 3; i++) {
      server.samples.entry(incident.id(), "note.added", "line " + i);
    }
    String path = "/api/v1/incidents/" + incident.id() + "/timeline";
    JsonNode first = get(path + "?limit=2");
    assertThat(first.path("items").findValuesAsText("text")).containsExactly("line 0", "line 1");
    assertThat(first.path("items").get(0).path("data").path("n").asInt()).isEqualTo(1);
    JsonNode second = get(path + "?limit=2&cursor=" + first.path("next").asText());
    assertThat(second.path("items").findValuesAsText("text")).containsExactly("line 2");
    assertThat(second.has("next")).isFalse();
  }

  @Test
  void incidentOrders_carryWhoAndWhy() {
    String id = server.samples.incident("orders").id();
    post("/api/v1/incidents/" + id + "/acknowledge", null);
    post("/api/v1/incidents/" + id + "/resolve", "{}");
    post("/api/v1/incidents/" + id + "/resolve", "{\"reason\":\" fixed \"}");
    post("/api/v1/incidents/" + id + "/notes", "{\"text\":\"the disk\\nwas replaced\"}");
    assertThat(server.orders.given)
        .containsExactly(
            "acknowledge " + id + " by person:ana",
            "resolve " + id + " by person:ana: null",
            "resolve " + id + " by person:ana: fixed",
            "note " + id + " by person:ana: the disk\nwas replaced");
  }

  @Test
  void postmortem_isMarkdown() {
    String id = server.samples.incident("postmortem").id();
    Answer answer = server.call("GET", "/api/v1/incidents/" + id + "/postmortem", ana, null);
    assertThat(answer.type()).isEqualTo("text/markdown");
    assertThat(answer.text()).isEqualTo("# Postmortem of " + id + "\n");
    assertThat(server.call("GET", "/api/v1/incidents/inc_0/postmortem", ana, null).status())
        .isEqualTo(404);
  }

  @Test
  void run_showsWhereEachStepStands() {
    Run run = server.samples.run(server.samples.incident("steps").id());
    JsonNode shown = get("/api/v1/runs/" + run.id());
    assertThat(shown.path("steps").findValuesAsText("id"))
        .containsExactly("ping", "info", "restart", "restart.verify", "failover");
    JsonNode restart = shown.path("steps").get(2);
    assertThat(restart.path("waits_for").asText()).isEqualTo("gate");
    assertThat(restart.path("ref").asText()).isEqualTo("gate_1");
    assertThat(shown.path("steps").get(4).path("status").asText()).isEqualTo("unknown");
    assertThat(shown.path("why").path("code").asText()).isEqualTo("gate");
  }

  @Test
  void stepOfAList_isNamedInTheAddressAsItIs() {
    String id = server.samples.run(server.samples.incident("list orders").id()).id();
    String at = "/api/v1/runs/" + id + "/steps/drain/move%5B4%5D";
    post(at + "/resolve", "{\"happened\":true,\"reason\":\"seen\"}");
    post(at + "/retry", "{\"reason\":\"freed\"}");
    post(at + "/skip", "{\"reason\":\"by hand\"}");
    assertThat(server.orders.given)
        .contains(
            "answer " + id + " drain/move[4] true by person:ana: seen",
            "retry " + id + " drain/move[4] by person:ana: freed",
            "skip " + id + " drain/move[4] by person:ana: by hand");
  }

  @Test
  void runOrders_carryWhoAndWhy() {
    String id = server.samples.run(server.samples.incident("run orders").id()).id();
    post("/api/v1/runs/" + id + "/cancel", "{\"reason\":\"not now\"}");
    post("/api/v1/runs/" + id + "/pause", "{\"reason\":\"looking\"}");
    post("/api/v1/runs/" + id + "/resume", null);
    post(
        "/api/v1/runs/" + id + "/steps/failover/resolve",
        "{\"happened\":false,\"reason\":\"uptime says no\"}");
    post("/api/v1/runs/" + id + "/steps/failover/retry", "{\"reason\":\"freed the disk\"}");
    post("/api/v1/runs/" + id + "/steps/failover/skip", "{\"reason\":\"did it by hand\"}");
    assertThat(server.orders.given)
        .containsExactly(
            "cancel " + id + " by person:ana: not now",
            "pause " + id + " by person:ana: looking",
            "resume " + id + " by person:ana",
            "answer " + id + " failover false by person:ana: uptime says no",
            "retry " + id + " failover by person:ana: freed the disk",
            "skip " + id + " failover by person:ana: did it by hand");
    assertThat(
            server
                .call(
                    "POST",
                    "/api/v1/runs/" + id + "/steps/failover/resolve",
                    ana,
                    "{\"reason\":\"x\"}")
                .detail())
        .startsWith("happened is required");
  }

  @Test
  void orderThatIsOnlyStored_isAnsweredWith202AndASentence() {
    String id = server.samples.run(server.samples.incident("stored").id()).id();
    server.orders.stored = true;
    Answer answer =
        server.call("POST", "/api/v1/runs/" + id + "/cancel", ana, "{\"reason\":\"not now\"}");
    server.orders.stored = false;
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("run").asText()).isEqualTo(id);
    assertThat(answer.json().path("detail").asText()).contains("is stored and will be carried out");
  }

  @Test
  void signal_carriesItsBodyAndKey() {
    String path =
        "/api/v1/runs/" + server.samples.run(server.samples.incident("signals").id()).id();
    String id = path.substring(path.lastIndexOf('/') + 1);
    path += "/signals/";
    assertThat(server.call("POST", path + "go", ana, "{\"n\":7}", "Idempotency-Key", "k1").status())
        .isEqualTo(200);
    assertThat(server.call("POST", path + "go-on", ana, null).status()).isEqualTo(200);
    assertThat(server.orders.given)
        .containsExactly(
            "signal " + id + " go key k1 {n=7} by person:ana",
            "signal " + id + " go-on key null {} by person:ana");
    assertThat(server.call("POST", path + "Go", ana, "{}").status()).isEqualTo(400);
    assertThat(server.call("POST", path + "go", ana, "[1]").status()).isEqualTo(400);
    assertThat(server.call("POST", path + "go", ana, "{}", "Idempotency-Key", " ").status())
        .isEqualTo(400);
  }

  @Test
  void vote_carriesPersonTeamsAndHash() {
    Incident incident = server.samples.incident("gates");
    Run run = server.samples.run(incident.id());
    Gate gate = server.samples.gate(incident.id(), run.id());
    JsonNode shown = get("/api/v1/gates/" + gate.id());
    assertThat(shown.path("asked").get(0).asText()).isEqualTo("team-cache");
    assertThat(shown.path("fired_since").isArray()).isTrue();
    String hash = shown.path("plan_hash").asText();
    String vote = "{\"plan_hash\":\"" + hash + "\",\"reason\":\"replica is up\"}";
    post("/api/v1/gates/" + gate.id() + "/approve", vote);
    post("/api/v1/gates/" + gate.id() + "/reject", vote);
    assertThat(server.orders.given)
        .containsExactly(
            "approve " + gate.id() + " " + hash + " by ana of [team-cache]: replica is up",
            "reject " + gate.id() + " " + hash + " by ana of [team-cache]: replica is up");
    assertThat(
            server
                .call("POST", "/api/v1/gates/" + gate.id() + "/approve", ana, "{\"reason\":\"x\"}")
                .detail())
        .startsWith("plan_hash is required");
    assertThat(get("/api/v1/gates?status=open&incident=" + incident.id()).path("items")).hasSize(1);
  }

  @Test
  void answers_areCarried_andWhatDoesNotFitIsSaidByField() {
    Incident incident = server.samples.incident("forms");
    Run run = server.samples.run(incident.id());
    Gate gate = server.samples.gate(incident.id(), run.id());
    String path = "/api/v1/gates/" + gate.id() + "/approve";
    String vote =
        "{\"plan_hash\":\"%s\",\"reason\":\"go\",\"answers\":{\"size\":4,\"x\":null}}"
            .formatted(gate.planHash());
    post(path, vote);
    assertThat(server.orders.given).singleElement().asString().endsWith("go {size=4}");
    server.orders.next =
        new OrderRefused(
            OrderRefused.Kind.INVALID,
            "the form is not filled in: 'size' must be at most 3",
            Map.of("size", "must be at most 3"));
    var refused = server.call("POST", path, ana, vote);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("answers.size");
    assertThat(
            server.call("POST", path, ana, vote.replace("{\"size\":4,\"x\":null}", "3")).status())
        .isEqualTo(400);
  }

  @Test
  void automation_isMadeStricterByResponders_looserByAdmins() {
    server.orders.automation =
        new Automation(Automation.Mode.ON, "first start", "x", Samples.AT, null);
    String off = "{\"mode\":\"off\",\"reason\":\"move\"}";
    assertThat(put(ana, off).status()).isEqualTo(200);
    assertThat(get("/api/v1/automation").path("mode").asText()).isEqualTo("off");

    assertThat(put(ana, "{\"mode\":\"ask\",\"reason\":\"x\"}").status()).isEqualTo(403);
    assertThat(put(ana, "{\"mode\":\"on\",\"reason\":\"x\"}").status()).isEqualTo(403);
    Answer sooner =
        put(ana, "{\"mode\":\"off\",\"reason\":\"x\",\"until\":\"2026-11-22T18:00:00+01:00\"}");
    assertThat(sooner.status()).isEqualTo(403);
    assertThat(sooner.detail()).contains("off, by person:ana: move");
    assertThat(put(admin, "{\"mode\":\"on\",\"reason\":\"done\"}").status()).isEqualTo(200);
    assertThat(
            put(ana, "{\"mode\":\"ask\",\"reason\":\"x\",\"until\":\"2026-11-22T18:00:00+01:00\"}")
                .json()
                .path("until")
                .asText())
        .isEqualTo("2026-11-22T17:00:00Z");
  }

  @Test
  void part_isHaltedByResponders_andSwitchedOnByWhoDid_orAnAdmin() {
    String off =
        "{\"mode\":\"off\",\"scope\":\"runbook:book\",\"reason\":\"bad\",\"owner\":\"team-cache\"}";
    String on = "{\"mode\":\"on\",\"scope\":\"runbook:book\",\"reason\":\"good\"}";
    assertThat(put(admin, off).json().path("owner").asText()).isEqualTo("team-cache");
    JsonNode parts = get("/api/v1/automation").path("parts");
    assertThat(parts.get(0).path("scope").asText()).isEqualTo("runbook:book");
    assertThat(get("/api/v1/automation").path("scope").asText()).isEqualTo("all");
    Answer refused = put(ana, on);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.detail()).contains("off for runbook book", "bad", "or who set it");
    assertThat(put(admin, on).status()).isEqualTo(200);
    assertThat(put(ana, off).status()).isEqualTo(200);
    assertThat(put(ana, on).status()).isEqualTo(200);
    assertThat(get("/api/v1/automation").path("parts")).isEmpty();
  }

  @Test
  void part_thatMeansNothing_isRefused() {
    assertThat(put(admin, "{\"mode\":\"off\",\"scope\":\"runbook:bok\",\"reason\":\"x\"}").detail())
        .contains("scope", "would halt nothing", "There is book");
    assertThat(put(admin, "{\"mode\":\"off\",\"scope\":\"team:\",\"reason\":\"x\"}").detail())
        .contains("scope");
    assertThat(put(admin, "{\"mode\":\"off\",\"scope\":\"\",\"reason\":\"x\"}").detail())
        .contains("must be all, team:");
  }

  @Test
  void backlog_isListed_andWhatWasNotSeenIsNotChosenFor() {
    assertThat(get("/api/v1/automation/backlog").path("items")).isEmpty();
    Answer none = choose("{\"scope\":\"all\",\"choice\":\"go_on\",\"runs\":3,\"reason\":\"over\"}");
    assertThat(none.status()).isEqualTo(409);
    assertThat(none.detail()).contains("0 runs wait for a choice, not 3");
    assertThat(choose("{\"scope\":\"all\",\"choice\":\"go_on\",\"reason\":\"x\"}").detail())
        .contains("how many runs you saw");
    assertThat(
            choose("{\"scope\":\"x\",\"choice\":\"go_on\",\"runs\":1,\"reason\":\"x\"}").detail())
        .contains("must be all, team:");
  }

  private static Answer choose(String body) {
    return server.call("POST", "/api/v1/automation/backlog", ana, body);
  }

  @Test
  void automation_refusesWhatIsUnclear() {
    assertThat(put(admin, "{\"mode\":\"off\"}").detail()).startsWith("reason is required");
    assertThat(put(admin, "{\"reason\":\"x\"}").detail()).startsWith("mode is required");
    assertThat(put(admin, "{\"mode\":\"of\",\"reason\":\"x\"}").detail())
        .contains("must be one of on, ask, off");
    assertThat(
            put(admin, "{\"mode\":\"off\",\"reason\":\"x\",\"until\":\"2020-01-01T00:00:00Z\"}")
                .detail())
        .contains("future");
    assertThat(put(admin, "{\"mode\":\"off\",\"reason\":\"x\",\"until\":\"tomorrow\"}").detail())
        .contains("a time like");
    assertThat(
            put(admin, "{\"mode\":\"on\",\"reason\":\"x\",\"until\":\"2030-01-01T00:00:00Z\"}")
                .detail())
        .contains("ask or off only");
  }

  @Test
  void automation_withTheDatabaseDown_saysThatItHoldsHereOnly() {
    server.orders.next = new StoreUnavailable("the disk is full", null);
    Answer answer = put(admin, "{\"mode\":\"off\",\"reason\":\"fire\"}");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.detail()).contains("Automation is off on this node");
  }

  private static Answer put(String token, String body) {
    return server.call("PUT", "/api/v1/automation", token, body);
  }

  @Test
  void runbooks_areListedShownAndChecked() {
    assertThat(get("/api/v1/runbooks").path("items").findValuesAsText("name"))
        .containsExactly("book");
    assertThat(get("/api/v1/runbooks/book").path("source").asText()).isEqualTo("source");
    assertThat(server.call("GET", "/api/v1/runbooks/none", ana, null).status()).isEqualTo(404);
    Answer bad = validate("runbook: x\naproval: y\n");
    assertThat(bad.json().path("valid").asBoolean()).isFalse();
    assertThat(bad.json().path("problems").get(0).path("advice").asText())
        .isEqualTo("did you mean 'approve'?");
    assertThat(validate("runbook: x\n").json().path("valid").asBoolean()).isTrue();
  }

  @Test
  void runbook_isPromotedByItsVersion_andWithdrawn() {
    String path = "/api/v1/runbooks/book/";
    String order = "{\"version\": \"v1\", \"reason\": \"right twice\"}";
    assertThat(get("/api/v1/runbooks/book").path("promotion").asText()).isEqualTo("rehearsing");
    String rob = server.token("promotion-rob", Role.RESPONDER);
    assertThat(server.call("POST", path + "promote", rob, order).status()).isEqualTo(403);
    String ben = server.token("promotion-ben", Role.APPROVER);
    Answer old = server.call("POST", path + "promote", ben, order.replace("v1", "b".repeat(12)));
    assertThat(old.status()).isEqualTo(409);
    assertThat(old.detail()).contains("is at version v1 by now");
    Answer bare = server.call("POST", path + "promote", ben, "{\"version\": \"v1\"}");
    assertThat(bare.status()).isEqualTo(400);
    Answer none = server.call("POST", "/api/v1/runbooks/none/promote", ben, order);
    assertThat(none.status()).isEqualTo(404);
    JsonNode done = server.call("POST", path + "promote", ben, order).json();
    assertThat(done.path("state").asText()).isEqualTo("promoted");
    assertThat(done.path("said").path("by").asText()).isEqualTo("person:promotion-ben");
    assertThat(get("/api/v1/runbooks").path("items").get(0).path("promotion").asText())
        .isEqualTo("promoted");
    assertThat(server.call("POST", path + "withdraw", rob, order).json().path("state").asText())
        .isEqualTo("rehearsing");
    assertThat(get(path + "promotion").path("said").path("promoted").asBoolean()).isFalse();
    Answer never = server.call("POST", path + "withdraw", rob, order.replace("v1", "b".repeat(12)));
    assertThat(never.status()).isEqualTo(409);
  }

  private static Answer validate(String text) {
    return server.call(
        "POST", "/api/v1/runbooks/validate", ana, text, "Content-Type", "application/yaml");
  }

  @Test
  void artifact_isHandedOutSoThatNothingRunsIt() {
    Incident incident = server.samples.incident("artifacts");
    Run run = server.samples.run(incident.id());
    byte[] bytes = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
    Artifact artifact =
        server.samples.artifact(incident.id(), run.id(), "a\"b\r\nX: ü.html", "text/html", bytes);
    JsonNode line = get("/api/v1/incidents/" + incident.id() + "/artifacts").path("items").get(0);
    Answer answer = server.call("GET", line.path("content").asText(), ana, null);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.response().body()).isEqualTo(bytes);
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"a_bX_ _.html\"; filename*=UTF-8''a%22bX_%20%C3%BC.html");
    assertThat(answer.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("ETag")).isEqualTo("\"" + artifact.sha256() + "\"");
    assertThat(server.call("GET", "/artifacts/" + artifact.id(), null, null).status())
        .isEqualTo(401);
    assertThat(server.call("GET", "/artifacts/art_0", ana, null).status()).isEqualTo(404);
  }

  @Test
  void start_byHand_happensOnceForEachKey() {
    String order =
        "{\"runbook\":\"book\",\"alert\":{\"labels\":{\"instance\":\"cache-1\"}},"
            + "\"incident\":\"by-hand\"}";
    Answer first = server.call("POST", "/api/v1/runs", ana, order, "Idempotency-Key", "drill-1");
    assertThat(first.status()).isEqualTo(201);
    String run = first.json().path("run").asText();
    assertThat(first.header("Location")).endsWith("/api/v1/runs/" + run);

    Answer again = server.call("POST", "/api/v1/runs", ana, order, "Idempotency-Key", "drill-1");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("repeated").asBoolean()).isTrue();
    assertThat(again.json().path("run").asText()).isEqualTo(run);
    assertThat(server.orders.given).containsExactly("start book {instance=cache-1} by person:ana");

    String other = order.replace("cache-1", "cache-2");
    assertThat(
            server.call("POST", "/api/v1/runs", ana, other, "Idempotency-Key", "drill-1").status())
        .isEqualTo(409);
    assertThat(
            server
                .call("POST", "/api/v1/runs", admin, other, "Idempotency-Key", "drill-1")
                .status())
        .as("the key of another person is another key")
        .isEqualTo(201);
    JsonNode incident = get("/api/v1/incidents/" + first.json().path("incident").asText());
    assertThat(incident.path("key").asText()).isEqualTo("by-hand");
    assertThat(incident.path("title").asText()).isEqualTo("book, started by hand by ana");
    assertThat(incident.path("owner").asText()).isEqualTo("team");
  }

  @Test
  void start_byHand_refusesInputsTheRunbookDoesNotWant() {
    Answer refused =
        start("{\"runbook\":\"book\",\"alert\":{\"labels\":{\"a\":\"b\"}},\"inputs\":{\"x\":1}}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.detail()).contains("inputs do not fit 'book': it wants no 'x'");
  }

  @Test
  void start_byHand_refusesWhatIsMissing() {
    assertThat(start("{\"runbook\":\"none\",\"alert\":{\"labels\":{\"a\":\"b\"}}}").status())
        .isEqualTo(404);
    assertThat(start("{\"runbook\":\"book\"}").detail()).startsWith("alert is required");
    assertThat(start("{\"runbook\":\"book\",\"alert\":{}}").detail())
        .startsWith("alert.labels is required");
    assertThat(start("{\"runbook\":\"book\",\"alert\":{\"labels\":{\"a\":\"\"}}}").detail())
        .startsWith("alert.labels.a is required");
    assertThat(start("{\"runbook\":\"book\",\"alert\":{\"labels\":{\"a\":1}}}").detail())
        .startsWith("alert.labels.a must be a text");
    assertThat(server.orders.given).isEmpty();
  }

  private static Answer start(String body) {
    return server.call("POST", "/api/v1/runs", ana, body);
  }
}
