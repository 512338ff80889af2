package dev.firebreak.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.access.DecisionLink;
import dev.firebreak.access.Team;
import dev.firebreak.access.Teams;
import dev.firebreak.channel.Notice;
import dev.firebreak.core.Message;
import dev.firebreak.core.Seal;
import dev.firebreak.expression.Templates;
import dev.firebreak.oncall.Contact;
import dev.firebreak.oncall.People;
import dev.firebreak.oncall.Person;
import dev.firebreak.outbox.CourierException;
import io.dropwizard.jackson.Jackson;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The templates that are shipped, filled in as the courier does. */
class NoticeTemplatesTest {
  private static final ObjectMapper JSON = Jackson.newObjectMapper();
  private static final String URL = "https://fb.example.com/incidents/inc_1";

  private final NoticeText texts = new NoticeText(new Templates(Path.of("../templates")));

  @Test
  void summary_afterARun_saysWhatWasDoneAndWhereTheTicketIs() throws Exception {
    Notice notice = texts.write(message("summary", Map.of()), facts(true));

    assertThat(notice.subject()).isEqualTo("[mitigated] Redis on cache-1 does not answer");
    assertThat(notice.text().lines())
        .containsExactly(
            "Runbook redis-down: mitigated - restart was verified",
            "Incident inc_1 is open, severity critical, since 2026-11-22T12:00:00Z.",
            "- ping: failed - refused",
            "- restart: succeeded",
            "Ticket redmine 42: https://redmine.example.com/issues/42");
  }

  @Test
  @SuppressWarnings("unchecked")
  void summary_afterARehearsal_saysSoFirst() throws Exception {
    Map<String, Object> facts = facts(true);
    ((Map<String, Object>) Objects.requireNonNull(facts.get("run"))).put("rehearsal", true);
    Notice notice = texts.write(message("summary", Map.of()), facts);
    assertThat(notice.subject())
        .isEqualTo("[rehearsal, mitigated] Redis on cache-1 does not answer");
    assertThat(notice.text()).startsWith("This is a rehearsal: where it says so a change was not");
  }

  @Test
  void summary_withoutARun_isStillComplete() throws Exception {
    Notice notice = texts.write(message("summary", Map.of()), facts(false));

    assertThat(notice.subject()).isEqualTo("[open] Redis on cache-1 does not answer");
    assertThat(notice.text())
        .isEqualTo("Incident inc_1 is open, severity critical, since 2026-11-22T12:00:00Z.");
  }

  @Test
  void escalation_saysWhyWhoIsNextAndHowToAnswer() throws Exception {
    Map<String, Object> escalation = new LinkedHashMap<>();
    escalation.putAll(
        Map.of(
            "id", "esc_1",
            "chain", "cache-oncall",
            "why", "no rung of the ladder verified",
            "level", 1,
            "levels", 3,
            "next_at", "2026-11-22T12:05:00Z",
            "last", false));

    Notice notice =
        texts.write(message("escalation", Map.of("escalation", escalation)), facts(true));

    assertThat(notice.subject()).isEqualTo("[call 1/3] Redis on cache-1 does not answer");
    assertThat(notice.text())
        .startsWith("no rung of the ladder verified\nIncident inc_1 is open")
        .contains("the next of chain cache-oncall is called")
        .doesNotContain("taken by", "You are the last")
        .endsWith("Acknowledge: " + URL);
  }

  @Test
  void gate_asksTheQuestionWithPlanAndLink() throws Exception {
    GateNotice asked =
        new GateNotice(
            "gate_1",
            1,
            "inc_1",
            "run_1",
            "Restart redis on cache-1?",
            "the limit of 2 in 1h is reached",
            plan(),
            List.of("cache", "eve"),
            Instant.parse("2026-11-22T12:15:00Z"));
    List<Message> messages =
        asked.messages(
            audience(
                List.of("cache", "eve"),
                new Teams(Map.of("cache", new Team(List.of("ana"), "#cache"))),
                People.NONE),
            List.of(),
            "https://fb.example.com/",
            "hash");

    assertThat(messages).singleElement().extracting(Message::key).isEqualTo("gate_1/1/#cache");
    Notice notice = texts.write(NotifyMessage.read(stored(messages.getFirst())), facts(true));
    assertThat(notice.link()).isEqualTo("https://fb.example.com/gates/gate_1");
    assertThat(notice.subject()).isEqualTo("[approval] Restart redis on cache-1?");
    assertThat(notice.text())
        .contains(
            "Why it is asked: the limit of 2 in 1h is reached",
            "now you are asked",
            "Asked: cache, eve. Until 2026-11-22T12:15:00Z",
            "action: command\nparams:\n  run: systemctl restart redis",
            "Approve or reject: https://fb.example.com/gates/gate_1");
  }

  @Test
  void invitation_isSignedWhenItIsSent_andHoldsNoSealBefore() throws Exception {
    GateNotice asked =
        new GateNotice(
            "gate_1", 0, "inc_1", "run_1", "q?", "w", plan(), List.of("ana"), Instant.EPOCH);
    List<Message> messages =
        asked.invitations(
            Map.of("ana", List.of(new Contact("mail", "ana@example.com"))),
            "https://fb.example.com/",
            "hash",
            Instant.parse("2026-11-22T12:15:00Z"));
    assertThat(messages).singleElement().extracting(Message::key).isEqualTo("gate_1/0/mail/ana");
    Message kept = stored(messages.getFirst());
    assertThat(kept.payload().toString()).doesNotContain("/decide");

    Seal seal = new Seal(() -> "a secret of at least 32 characters", DecisionLink.PURPOSE);
    NotifyMessage sent =
        NotifyMessage.read(new Invitation(seal, "https://fb.example.com").signed(kept));
    Notice notice = texts.write(sent, facts(true));
    assertThat(sent.to()).isEqualTo(Map.of("mail", "ana@example.com"));
    assertThat(notice.link()).startsWith("https://fb.example.com/decide?link=");
    assertThat(notice.text()).contains("Approve or reject: " + notice.link());
    assertThat(DecisionLink.open(seal, String.valueOf(notice.link()).replaceFirst(".*link=", "")))
        .contains(
            new DecisionLink(
                "run_1", "gate_1", "hash", "ana", Instant.parse("2026-11-22T12:15:00Z")));
  }

  @Test
  void invitation_withASecretThatCanBeGuessed_isNotSent() {
    Message message =
        new Message(
            "notify",
            "k",
            Map.of("decision", new DecisionLink("r", "g", "h", "ana", Instant.EPOCH).asPayload()));
    assertThatThrownBy(
            () -> new Invitation(new Seal(() -> "short", "x"), "https://fb").signed(message))
        .isInstanceOf(CourierException.class)
        .hasMessageContaining("32 characters");
  }

  @Test
  void gate_thatReachesNobody_goesToTheAlarms() {
    GateNotice asked = notice(List.of("eve"));
    Audience nobody = audience(List.of("eve"), Teams.NONE, People.NONE);

    assertThat(asked.messages(nobody, List.of(), "https://fb.example.com", "hash")).isEmpty();
    assertThat(asked.messages(nobody, List.of("phones", "mail"), "https://fb.example.com", "hash"))
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.payload())
                    .containsEntry("channels", List.of("phones", "mail"))
                    .containsKey("ask"));
  }

  @Test
  void gate_thatAsksAPerson_isToldByEveryContactOfTheirOwn_withoutAnyTeam() {
    List<Contact> ways =
        List.of(
            new Contact("mail", "eve@example.com"),
            new Contact("mail", "eve@example.org"),
            new Contact("#eve", null));
    People people = new People(Map.of("eve", new Person(ways, ZoneOffset.UTC)));
    Audience audience = audience(List.of("eve"), Teams.NONE, people);

    assertThat(audience.silent()).isEmpty();
    assertThat(
            notice(List.of("eve"))
                .messages(audience, List.of("phones"), "https://fb.example.com", "hash"))
        .extracting(message -> message.key() + " " + message.payload().get("to"))
        .containsExactly(
            "gate_1/0/mail/eve {mail=eve@example.com}",
            "gate_1/0/mail/eve/1 {mail=eve@example.org}",
            "gate_1/0/#eve/eve null");
    assertThat(
            Audience.of(List.of("eve"), Teams.NONE, people, way -> way.channel().equals("mail"))
                .contacts())
        .isEqualTo(Map.of("eve", List.of(new Contact("#eve", null))));
  }

  @Test
  void gate_thatAsksATeam_isNotToldToEachOfIt() {
    Teams teams = new Teams(Map.of("cache", new Team(List.of("eve"), "#cache")));
    People people =
        new People(
            Map.of(
                "eve",
                new Person(List.of(new Contact("mail", "eve@example.com")), ZoneOffset.UTC)));

    Audience audience = audience(List.of("cache"), teams, people);
    assertThat(audience.channels()).containsExactly("#cache");
    assertThat(audience.contacts()).isEmpty();
    Audience nobody = audience(List.of("zed"), teams, people);
    assertThat(nobody.and(Set.of())).isEqualTo(nobody);
    assertThat(nobody.and(Set.of("#ops")))
        .isEqualTo(new Audience(Set.of("#ops"), Map.of(), List.of()));
  }

  private static GateNotice notice(List<String> by) {
    return new GateNotice("gate_1", 0, "inc_1", "run_1", "q", "w", Map.of(), by, Instant.EPOCH);
  }

  private static Audience audience(List<String> asked, Teams teams, People people) {
    return Audience.of(asked, teams, people, way -> false);
  }

  private static Map<String, Object> plan() {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("action", "command");
    plan.put("params", Map.of("run", List.of("systemctl", "restart", "redis")));
    return plan;
  }

  /** As the outbox gives it back. */
  private static Message stored(Message message) throws Exception {
    return new Message(
        message.kind(),
        message.key(),
        JSON.readValue(JSON.writeValueAsString(message.payload()), new TypeReference<>() {}));
  }

  private static NotifyMessage message(String template, Map<String, Object> model) {
    return new NotifyMessage(
        "k",
        "inc_1",
        "run_1",
        List.of("#cache"),
        Map.of(),
        template,
        null,
        null,
        null,
        dev.firebreak.channel.Matter.Stage.NEWS,
        model);
  }

  private static Map<String, Object> facts(boolean withRun) throws Exception {
    Map<String, Object> facts =
        JSON.readValue(
            """
            {"incident": {"id": "inc_1", "title": "Redis on cache-1 does not answer",
                          "severity": "critical", "status": "open", "owner": "team-cache",
                          "opened_at": "2026-11-22T12:00:00Z", "acknowledged_by": "",
                          "resolved_by": "", "key": "redis/cache-1",
                          "url": "https://fb.example.com/incidents/inc_1"},
             "tickets": []}
            """,
            new TypeReference<>() {});
    if (withRun) {
      facts.putAll(
          JSON.readValue(
              """
              {"run": {"id": "run_1", "runbook": "redis-down", "outcome": "mitigated",
                       "why": "restart was verified", "status": "running", "url": "u"},
               "ran": [{"id": "ping", "status": "failed", "reason": "refused"},
                       {"id": "restart", "status": "succeeded", "reason": ""}],
               "tickets": [{"system": "redmine", "ref": "42",
                            "url": "https://redmine.example.com/issues/42"}]}
              """,
              new TypeReference<Map<String, Object>>() {}));
    }
    return facts;
  }
}
