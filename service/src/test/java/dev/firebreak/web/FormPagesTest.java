package dev.firebreak.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.access.DecisionLink;
import dev.firebreak.engine.OrderRefused;
import dev.firebreak.gate.Gate;
import dev.firebreak.runbook.AnswerForm;
import dev.firebreak.runbook.FormField;
import dev.firebreak.runbook.FormType;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gate's form, on its page and on that of a link: plain HTML, filled in before it is sent. */
class FormPagesTest {
  private static final String ID = "gate_01M822XP2C5VTWNMMT1356781F";
  private static final AnswerForm FORM =
      new AnswerForm(
          List.of(
              new FormField(
                  "replicas",
                  "How many <b>replicas</b>?",
                  "20 fit",
                  FormType.INTEGER,
                  true,
                  null,
                  BigDecimal.ONE,
                  BigDecimal.valueOf(20),
                  List.of()),
              new FormField(
                  "pace",
                  "How fast?",
                  "",
                  FormType.CHOICE,
                  false,
                  "slow",
                  null,
                  null,
                  List.of("slow", "fast"))));

  private TestConsole console;
  private Browser ana;

  @BeforeEach
  void open() throws Exception {
    console = new TestConsole("forms").start();
    console.scene.write(tx -> console.scene.database.gates().add(tx, asked()));
    ana = Browser.of(console, "ana");
  }

  @AfterEach
  void close() {
    console.close();
  }

  private Gate asked() {
    Gate known =
        console
            .scene
            .database
            .ledger()
            .read(tx -> console.scene.database.gates().find(tx, console.scene.gate))
            .orElseThrow();
    Map<String, Object> plan = new LinkedHashMap<>(known.plan());
    plan.put("params", Map.of("run", List.of("scale", "‹replicas›")));
    plan.put(AnswerForm.KEY, FORM.asModel());
    return new Gate(
        ID,
        known.incidentId(),
        known.runId(),
        known.stepId(),
        "May Firebreak scale it?",
        known.why(),
        plan,
        known.planHash(),
        known.by(),
        0,
        2,
        known.withinMillis(),
        known.openedAt(),
        known.expiresAt(),
        Gate.Status.OPEN,
        null,
        null,
        List.of(),
        known.terms());
  }

  private static void asks(String page) {
    assertThat(page)
        .contains("name=\"answer.replicas\" type=\"number\"", "step=\"1\" min=\"1\" max=\"20\"")
        .contains("How many &lt;b&gt;replicas&lt;/b&gt;?", "20 fit")
        .contains("<select id=\"a-pace\"", "<option value=\"slow\" selected>slow</option>")
        .contains("‹replicas›", "filled in by who approves: integer, at least 1, at most 20")
        .contains("formnovalidate");
  }

  @Test
  void page_hasTheForm_andSendsWhatWasFilledIn() throws Exception {
    asks(ana.get("/gates/" + ID).body());

    var answer =
        ana.post(
            "/gates/" + ID + "/approve",
            Map.of(
                "plan", Scene.HASH, "reason", "go", "answer.replicas", " 4 ", "answer.pace", ""));

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(console.scene.orders.given)
        .singleElement()
        .asString()
        .startsWith("approve " + ID)
        .endsWith("go {replicas=4}");
  }

  @Test
  void answersThatDoNotFit_areSaidOnAPage() throws Exception {
    console.scene.orders.refusal =
        new OrderRefused(OrderRefused.Kind.INVALID, "'replicas' must be at most 20");

    var answer =
        ana.post(
            "/gates/" + ID + "/approve",
            Map.of("plan", Scene.HASH, "reason", "go", "answer.replicas", "99"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("&#39;replicas&#39; must be at most 20");
  }

  @Test
  void laterApprover_seesWhatStands_andApprovesExactlyThat() throws Exception {
    console.scene.write(
        tx ->
            console
                .scene
                .database
                .gates()
                .vote(
                    tx,
                    ID,
                    new Gate.Vote(
                        "zoe",
                        true,
                        "four will do",
                        console.scene.clock.instant(),
                        Map.of("replicas", 4, "pace", "fast"))));

    assertThat(ana.get("/gates/" + ID).body())
        .contains("Filled in by <bdi>zoe</bdi>: you approve exactly this, or reject")
        .contains("<input type=\"hidden\" name=\"answer.replicas\" value=\"4\">")
        .contains("<input type=\"hidden\" name=\"answer.pace\" value=\"fast\">")
        .doesNotContain("<select id=\"a-pace\"");
  }

  @Test
  void link_opensTheForm_andDecidesNothingByItself() throws Exception {
    Gate gate = asked();
    String link =
        new DecisionLink(
                gate.runId(),
                ID,
                gate.planHash(),
                "ana",
                console.scene.clock.instant().plusSeconds(600))
            .sealed(console.scene.seal);
    Browser stranger = new Browser(console.url());
    asks(stranger.get("/decide?link=" + link + "&decision=approve&answer.replicas=4").body());
    assertThat(console.scene.orders.given).isEmpty();

    var answer =
        stranger.send(
            "/decide",
            Map.of("link", link, "decision", "approve", "reason", "go", "answer.replicas", "4"),
            Map.of());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(console.scene.orders.given).singleElement().asString().endsWith("{replicas=4}");
  }
}
