package dev.firebreak.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.access.DecisionLink;
import dev.firebreak.core.Seal;
import dev.firebreak.gate.Gate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever has a link, and whoever only thinks so. */
class DecidePageTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private TestConsole console;
  private Browser stranger;

  @BeforeEach
  void open() throws Exception {
    console = new TestConsole("decide").start();
    stranger = new Browser(console.url());
  }

  @AfterEach
  void close() {
    console.close();
  }

  private Gate gate() {
    return console
        .scene
        .database
        .ledger()
        .read(tx -> console.scene.database.gates().find(tx, console.scene.gate))
        .orElseThrow();
  }

  private DecisionLink link(String person) {
    Gate gate = gate();
    return new DecisionLink(
        gate.runId(),
        gate.id(),
        gate.planHash(),
        person,
        console.scene.clock.instant().plusSeconds(600));
  }

  private String sealed(DecisionLink link) {
    return link.sealed(console.scene.seal);
  }

  private HttpResponse<String> look(String sealed) throws Exception {
    return stranger.get("/decide?link=" + sealed);
  }

  private HttpResponse<String> decide(String sealed, String decision, String reason)
      throws Exception {
    return stranger.send(
        "/decide", Map.of("link", sealed, "decision", decision, "reason", reason), Map.of());
  }

  private List<String> given() {
    return console.scene.orders.given;
  }

  @Test
  void scannersThatFollowEveryLink_decideNothing() throws Exception {
    String url = console.url() + "/decide?link=" + sealed(link("ana"));
    for (String way : List.of("GET", "HEAD", "OPTIONS", "GET", "PUT", "DELETE")) {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url + "&decision=approve&reason=x"))
                  .method(way, HttpRequest.BodyPublishers.noBody())
                  .header("Sec-Purpose", "prefetch")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(way).isLessThan(500);
    }
    assertThat(look(sealed(link("ana"))).body())
        .contains("May Firebreak do", "You decide as", "ana", "Approve", "Reject");
    assertThat(given()).isEmpty();
    assertThat(gate().votes()).extracting(Gate.Vote::person).containsExactly("zoe");
  }

  @Test
  void formWithReason_decidesAsThatPerson() throws Exception {
    assertThat(decide(sealed(link("ana")), "approve", "").statusCode()).isEqualTo(400);
    assertThat(decide(sealed(link("ana")), "perhaps", "why").statusCode()).isEqualTo(400);
    assertThat(given()).isEmpty();
    assertThat(decide(sealed(link("ana")), "approve", "seen").statusCode()).isEqualTo(200);
    assertThat(given()).singleElement().asString().contains("approve", gate().id(), "ana", "seen");
  }

  @Test
  void anotherSite_cannotSendTheForm() throws Exception {
    var answer =
        stranger.send(
            "/decide",
            Map.of("link", sealed(link("ana")), "decision", "approve", "reason", "x"),
            Map.of("Origin", "https://evil.example.com"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(given()).isEmpty();
  }

  @Test
  void forgedAndAlteredLinks_tellNothingAndDecideNothing() throws Exception {
    String good = sealed(link("ana"));
    List<String> bad = new ArrayList<>(List.of("", ".", "x.y", good + "A", good.substring(1)));
    for (int i = 0; i < good.length(); i += 7) {
      char other = good.charAt(i) == 'Q' ? 'R' : 'Q';
      bad.add(good.substring(0, i) + other + good.substring(i + 1));
    }
    String mine = sealed(link("rob"));
    bad.add(mine.substring(0, mine.indexOf('.')) + good.substring(good.indexOf('.')));
    bad.add(
        link("ana")
            .sealed(
                new Seal(() -> "another secret of at least 32 characters!", DecisionLink.PURPOSE)));
    bad.add(link("ana").sealed(new Seal(() -> "a secret of at least 32 characters", "calendar")));
    for (String link : bad) {
      assertThat(look(link).statusCode()).as(link).isEqualTo(403);
      assertThat(look(link).body()).doesNotContain("May Firebreak do");
      assertThat(decide(link, "approve", "x").statusCode()).as(link).isEqualTo(403);
    }
    assertThat(given()).isEmpty();
  }

  @Test
  void linkOfWhoMayNotDecideAnyMore_isRefused() throws Exception {
    assertThat(look(sealed(link("rob"))).body())
        .contains("no token in force with the role approver");
    assertThat(decide(sealed(link("rob")), "approve", "x").statusCode()).isEqualTo(403);
    String id =
        console.scene.tokenDesk.list().stream()
            .filter(t -> t.name().equals("ana"))
            .findFirst()
            .orElseThrow()
            .id();
    assertThat(console.scene.tokenDesk.revoke(id).join()).isTrue();
    assertThat(decide(sealed(link("ana")), "approve", "x").statusCode()).isEqualTo(403);
    assertThat(given()).isEmpty();
  }

  @Test
  void linkOfAnotherPlanOrRun_decidesNothing() throws Exception {
    DecisionLink link = link("ana");
    String old =
        sealed(new DecisionLink(link.run(), link.gate(), "0".repeat(64), "ana", link.expiresAt()));
    assertThat(look(old).body())
        .contains("The plan is not the one this link is for")
        .doesNotContain("<button class=\"btn yes\"");
    assertThat(decide(old, "approve", "x").statusCode()).isEqualTo(410);
    String elsewhere =
        sealed(new DecisionLink("run_x", link.gate(), link.planHash(), "ana", link.expiresAt()));
    assertThat(decide(elsewhere, "approve", "x").statusCode()).isEqualTo(403);
    assertThat(given()).isEmpty();
  }

  @Test
  void linkThatIsTooOld_decidesNothing() throws Exception {
    String link = sealed(link("ana"));
    console.scene.clock.advance(Duration.ofSeconds(600));
    assertThat(look(link).body()).contains("This link was good until");
    assertThat(decide(link, "approve", "x").statusCode()).isEqualTo(410);
    assertThat(given()).isEmpty();
  }

  @Test
  void linkUsedTwice_saysWhatWasSaid() throws Exception {
    vote("ana", true);
    String link = sealed(link("ana"));
    assertThat(look(link).body())
        .contains("You approved at", "used up")
        .doesNotContain("<button class=\"btn yes\"");
    assertThat(decide(link, "reject", "changed my mind").statusCode()).isEqualTo(410);
    assertThat(given()).isEmpty();
  }

  @Test
  void linkOfADecidedGate_saysWhoWhatAndWhen() throws Exception {
    String link = sealed(link("ana"));
    Gate gate = gate();
    Instant now = console.scene.clock.instant();
    console.scene.write(
        tx ->
            assertThat(
                    console
                        .scene
                        .database
                        .gates()
                        .save(
                            tx,
                            new Gate(
                                gate.id(),
                                gate.incidentId(),
                                gate.runId(),
                                gate.stepId(),
                                gate.question(),
                                gate.why(),
                                gate.plan(),
                                gate.planHash(),
                                gate.by(),
                                gate.walk(),
                                gate.quorum(),
                                gate.withinMillis(),
                                gate.openedAt(),
                                gate.expiresAt(),
                                Gate.Status.REJECTED,
                                now,
                                "zoe rejected: not now",
                                gate.votes(),
                                gate.terms())))
                .isTrue());
    console.scene.clock.advance(Duration.ofDays(2));
    assertThat(look(link).body()).contains("rejected since " + now, "zoe rejected: not now");
    assertThat(decide(link, "approve", "late").statusCode()).isEqualTo(410);
    assertThat(decide(link, "approve", "late").body())
        .contains("zoe rejected: not now", now.toString());
    assertThat(given()).isEmpty();
  }

  private void vote(String person, boolean approve) {
    console.scene.write(
        tx ->
            assertThat(
                    console
                        .scene
                        .database
                        .gates()
                        .vote(
                            tx,
                            console.scene.gate,
                            new Gate.Vote(person, approve, "x", console.scene.clock.instant())))
                .isTrue());
  }
}
