package dev.firebreak.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.firebreak.access.Team;
import dev.firebreak.access.Teams;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Message;
import dev.firebreak.core.Tx;
import dev.firebreak.fixtures.MemoryAbsences;
import dev.firebreak.fixtures.MemoryCovers;
import dev.firebreak.fixtures.MemoryOutbox;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.oncall.Absence;
import dev.firebreak.oncall.DutyDesk;
import dev.firebreak.oncall.People;
import dev.firebreak.oncall.Schedules;
import dev.firebreak.oncall.Span;
import io.dropwizard.jackson.Jackson;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainDeskTest {
  private static final ObjectMapper JSON =
      Jackson.newObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final SettableClock clock = new SettableClock();
  private final MemoryOutbox outbox = new MemoryOutbox();
  private final Kept escalations = new Kept();
  private String severity = "";
  private final Tx tx = effect -> {};
  private final Reach reach =
      new Reach(
          new Teams(
              Map.of(
                  "cache", new Team(List.of("ana"), "#cache"),
                  "silent", new Team(List.of("bo"), null))),
          Set.of("#cache", "mail", "pager"));

  @Test
  void open_callsTheFirstLinkAndSaysWhenTheNextIsDue() {
    CallDesk desk =
        desk("{\"oncall\": {\"links\": [{\"notify\": [\"cache\", \"mail\"], \"wait\": \"5m\"}]}}");

    CallDesk.Opened opened = open(desk, "oncall");

    assertThat(opened.called()).containsExactly("cache (#cache)", "mail");
    assertThat(opened.escalation().nextAt()).isEqualTo(clock.instant().plusSeconds(300));
    String id = opened.escalation().id();
    assertThat(id).startsWith("esc_");
    assertThat(outbox.messages())
        .extracting(Message::key)
        .satisfiesExactly(
            one -> assertThat(one).startsWith(id + "/0/").endsWith("/#cache"),
            two -> assertThat(two).startsWith(id + "/0/").endsWith("/mail"));
    assertThat(outbox.messages().getFirst().payload())
        .containsEntry("template", "escalation")
        .containsEntry("channels", List.of("#cache"))
        .containsEntry("incident", "inc_1");
  }

  @Test
  void advance_beforeTheTime_callsNobody() {
    CallDesk desk = twoLinks();
    Escalation escalation = open(desk, "oncall").escalation();

    clock.advance(Duration.ofMinutes(5).minusMillis(1));
    CallDesk.Opened early = advance(desk, escalation).orElseThrow();

    assertThat(early.called()).isEmpty();
    assertThat(early.escalation()).isEqualTo(escalation);
    assertThat(outbox.messages()).hasSize(1);
  }

  @Test
  void advance_unanswered_walksEveryLinkAndEveryRepeatAndEnds() {
    CallDesk desk = twoLinks();
    Escalation escalation = open(desk, "oncall").escalation();

    for (String next : List.of("pager", "mail", "pager")) {
      clock.advance(Duration.ofMinutes(10));
      assertThat(advance(desk, escalation).orElseThrow().called()).containsExactly(next);
    }
    clock.advance(Duration.ofMinutes(10));

    assertThat(advance(desk, escalation)).isEmpty();
    assertThat(status(escalation)).isEqualTo(Escalation.Status.EXHAUSTED);
    assertThat(outbox.messages()).hasSize(4);
    assertThat(advance(desk, escalation)).isEmpty();
  }

  @Test
  void advance_longAfterTheTime_callsOneLinkAndGivesItItsWholeTime() {
    CallDesk desk = twoLinks();
    Escalation escalation = open(desk, "oncall").escalation();

    clock.advance(Duration.ofHours(8));
    CallDesk.Opened late = advance(desk, escalation).orElseThrow();

    assertThat(late.called()).containsExactly("pager");
    assertThat(late.escalation().nextAt()).isEqualTo(clock.instant().plusSeconds(600));
  }

  @Test
  void acknowledge_endsTheCall() {
    CallDesk desk = twoLinks();
    Escalation escalation = open(desk, "oncall").escalation();

    assertThat(desk.calling(tx, "inc_1")).isTrue();
    desk.acknowledge(tx, "inc_1", "ana", clock.instant());
    assertThat(desk.calling(tx, "inc_1")).isFalse();
    clock.advance(Duration.ofHours(1));

    assertThat(advance(desk, escalation)).isEmpty();
    assertThat(status(escalation)).isEqualTo(Escalation.Status.ACKNOWLEDGED);
    assertThat(escalations.find(tx, escalation.id()).orElseThrow().acknowledgedBy())
        .isEqualTo("ana");
    assertThat(outbox.messages()).hasSize(1);
  }

  @Test
  void withdraw_endsTheCall_andLeavesAnEndedOneAsItIs() {
    CallDesk desk = twoLinks();
    Escalation answered = open(desk, "oncall").escalation();
    desk.acknowledge(tx, "inc_1", "ana", clock.instant());
    Escalation open = open(desk, "oncall").escalation();

    desk.withdraw(tx, open.id(), clock.instant());
    desk.withdraw(tx, answered.id(), clock.instant());

    assertThat(status(open)).isEqualTo(Escalation.Status.WITHDRAWN);
    assertThat(status(answered)).isEqualTo(Escalation.Status.ACKNOWLEDGED);
  }

  @Test
  void open_unknownChain_namesItAndCallsNobody() {
    assertThatThrownBy(() -> open(twoLinks(), "oncal"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no escalation chain 'oncal'")
        .hasMessageContaining("did you mean 'oncall'?");
    assertThat(outbox.messages()).isEmpty();
  }

  @Test
  void open_chainThatReachesNobody_isRefused() {
    CallDesk desk =
        desk("{\"oncall\": {\"links\": [{\"notify\": [\"silent\"], \"wait\": \"5m\"}]}}");

    assertThatThrownBy(() -> open(desk, "oncall")).hasMessageContaining("'oncall' reaches nobody");
  }

  @Test
  void open_linkThatIsForOtherHours_isPassedOver_asTheClockOfTheChainShows() {
    CallDesk desk =
        desk(
            """
            {"oncall": {"timezone": "Asia/Tokyo",
                        "links": [{"notify": ["pager"], "wait": "5m",
                                   "when": "severity == 'critical' || (hour >= 9 && hour < 18 && weekday != 'monday')"},
                                  {"notify": ["mail"], "wait": "1m"}]}}
            """);
    until("2026-11-22T12:00:00Z");
    severity = "warning";
    assertThat(open(desk, "oncall").called()).as("Sunday 21:00").containsExactly("mail");
    severity = "critical";
    assertThat(open(desk, "oncall").called()).containsExactly("pager");
    severity = "warning";
    until("2026-11-23T00:00:00Z");
    assertThat(open(desk, "oncall").called()).as("Monday 09:00").containsExactly("mail");
    until("2026-11-24T00:00:00Z");
    assertThat(open(desk, "oncall").called()).as("Tuesday 09:00").containsExactly("pager");
  }

  private void until(String time) {
    clock.advance(Duration.between(clock.instant(), Instant.parse(time)));
  }

  @Test
  void open_linkWithASchedule_tellsWhoIsOnCallByEachOfTheirContacts_andThenByTheirTeam() {
    CallDesk.Opened opened = open(onDuty(ROTATION, List.of()), "oncall");

    assertThat(opened.called()).containsExactly("cache-primary: ana (mail, pager)");
    assertThat(outbox.messages())
        .extracting(
            message -> message.payload().get("channels"), message -> message.payload().get("to"))
        .containsExactly(
            tuple(List.of("mail", "#cache"), Map.of("mail", "ana@example.com")),
            tuple(List.of("pager", "#cache"), Map.of()));
  }

  /** Every day for a year, a minute before the hand-over and at it, by the clock on the wall. */
  @Test
  void open_overBothChangesOfTheClocks_callsWhoTheWallSays() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    LocalDate first = LocalDate.of(2026, 10, 1);
    CallDesk desk =
        onDuty(
            "{people: [ana, bo], every: 1d, handover: \"09:00\", from: 2026-10-01}",
            "Europe/Berlin",
            List.of());
    for (int day = 1; day < 365; day++) {
      ZonedDateTime handover = first.plusDays(day).atTime(9, 0).atZone(berlin);
      String today = day % 2 == 0 ? "ana (mail, pager)" : "bo (pager)";
      String yesterday = day % 2 == 0 ? "bo (pager)" : "ana (mail, pager)";
      assertThat(calledAt(desk, handover.minusMinutes(1))).isEqualTo("cache-primary: " + yesterday);
      assertThat(calledAt(desk, handover)).isEqualTo("cache-primary: " + today);
    }
  }

  private String calledAt(CallDesk desk, ZonedDateTime when) {
    return desk.open(tx, "inc_1", "run_1", "escalate", "oncall", "down", when.toInstant())
        .called()
        .getFirst();
  }

  @Test
  void open_whoIsOnCallIsAway_callsTheSubstitute() {
    Span now = new Span(clock.instant().minusSeconds(1), clock.instant().plusSeconds(1));
    Absence away = new Absence("abs_1", "ana", "bo", now, "", "ana", now.from());

    assertThat(open(onDuty(ROTATION, List.of(away)), "oncall").called())
        .containsExactly("cache-primary: bo (pager)");
    assertThat(open(onDuty(ROTATION, List.of(away)), "by-name").called())
        .containsExactly("bo for ana (pager)");
  }

  @Test
  void open_scheduleWithNobodyOnCall_goesOnAtOnceAndSaysSo() {
    CallDesk.Opened opened =
        open(onDuty(ROTATION.replace("2026-01-01", "2099-01-01"), List.of()), "oncall");

    assertThat(opened.called()).containsExactly("cache-primary (nobody is on call)", "mail");
    assertThat(opened.escalation().level()).isEqualTo(1);
  }

  private static final String ROTATION =
      "{people: [ana], every: 1d, handover: \"09:00\", from: 2026-01-01}";

  private CallDesk onDuty(String rotation, List<Absence> absences) {
    return onDuty(rotation, "UTC", absences);
  }

  private CallDesk onDuty(String rotation, String zone, List<Absence> absences) {
    Schedules schedules =
        yaml(
            "{cache-primary: {timezone: %s, rotations: [%s]}}".formatted(zone, rotation),
            Schedules.class);
    People people =
        yaml(
            """
            ana: {contacts: [{channel: mail, to: ana@example.com}, {channel: pager}]}
            bo: {contacts: [{channel: pager}]}
            """,
            People.class);
    MemoryAbsences away = new MemoryAbsences();
    absences.forEach(absence -> away.add(tx, absence));
    Reach duty =
        new Reach(
            reach.teams(),
            reach.channels(),
            people,
            schedules,
            new DutyDesk(schedules, new MemoryCovers(), away));
    EscalationSettings chains =
        settings(
            """
            {"oncall": {"links": [{"notify": ["cache-primary"], "wait": "5m"},
                                  {"notify": ["mail"], "wait": "1m"}]},
             "by-name": {"links": [{"notify": ["ana"], "wait": "5m"}]}}
            """);
    assertThat(chains.problems(duty)).isEmpty();
    return new ChainDesk(
        chains, duty, escalations, (tx, incident) -> severity, outbox, new Ids(clock));
  }

  private static <T> T yaml(String text, Class<T> type) {
    try {
      return Jackson.newObjectMapper(new YAMLFactory()).readValue(text, type);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void open_firstLinkReachesNobody_callsTheNextAtOnce() {
    CallDesk desk =
        desk(
            """
            {"oncall": {"links": [{"notify": ["silent"], "wait": "5m"},
                                  {"notify": ["ana"], "wait": "1m"}]}}
            """);

    CallDesk.Opened opened = open(desk, "oncall");

    assertThat(opened.called()).containsExactly("silent (no channel)", "ana (#cache)");
    assertThat(opened.escalation().level()).isEqualTo(1);
    assertThat(opened.escalation().nextAt()).isEqualTo(clock.instant().plusSeconds(60));
  }

  @Test
  void problems_nameEveryLinkThatReachesNobody() {
    EscalationSettings settings =
        settings(
            """
            {"oncall": {"links": [{"notify": ["mial", "silent", "ana"], "wait": "5m"}]}}
            """);

    assertThat(settings.problems(reach))
        .satisfiesExactly(
            one ->
                assertThat(one)
                    .startsWith("escalations.oncall.links[0].notify: 'mial' is no channel")
                    .contains("did you mean 'mail'?"),
            two -> assertThat(two).contains("team 'silent' has no channel"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": {\"links\": []}}|'links' of a chain must be 1 to 50",
        "{\"a\": {}}|'links' of a chain must be 1 to 50",
        "{\"a\": {\"links\": [{\"notify\": [], \"wait\": \"1m\"}]}}|'notify' of a link must name",
        "{\"a\": {\"links\": [{\"notify\": [\"mail\"]}]}}|'wait' of a link is missing",
        "{\"a\": {\"links\": [{\"notify\": [\"mail\"], \"wait\": \"1s\"}]}}|from 10s to 24h",
        "{\"a\": {\"links\": [{\"notify\": [\"m\"], \"wait\": \"1m\"}], \"repeat\": 21}}|0 to 20",
        "{\"a\": {\"links\": [{\"notify\": [\"m\"], \"wait\": \"1m\", \"when\": \"hour >"
            + " 8\"}]}}|give one",
        "{\"a\": {\"links\": [{\"notify\": [\"m\"], \"wait\": \"1m\", \"when\": \"our >"
            + " 8\"}]}}|severity, hour",
        "{\"a\": {\"links\": [{\"notify\": [\"m\"], \"wait\": \"1m\"}], \"timezone\":"
            + " \"Mars\"}}|timezone",
        "{\"a\": {\"links\": [{\"notify\": [\"m\"], \"wait\": \"1m\"}], \"repaet\": 1}}|repaet",
      })
  void settings_withAFault_areRefused(String json, String fault) {
    assertThatThrownBy(() -> JSON.readValue(json, EscalationSettings.class))
        .hasMessageContaining(fault);
  }

  private CallDesk twoLinks() {
    return desk(
        """
        {"oncall": {"links": [{"notify": ["mail"], "wait": "5m"},
                              {"notify": ["pager"], "wait": "10m"}], "repeat": 1}}
        """);
  }

  private CallDesk desk(String json) {
    return new ChainDesk(
        settings(json), reach, escalations, (tx, incident) -> severity, outbox, new Ids(clock));
  }

  private static EscalationSettings settings(String json) {
    try {
      return JSON.readValue(json, EscalationSettings.class);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private CallDesk.Opened open(CallDesk desk, String chain) {
    return desk.open(tx, "inc_1", "run_1", "escalate", chain, "Redis is down", clock.instant());
  }

  private Optional<CallDesk.Opened> advance(CallDesk desk, Escalation escalation) {
    return desk.advance(tx, escalation.id(), clock.instant());
  }

  private Escalation.Status status(Escalation escalation) {
    return escalations.find(tx, escalation.id()).orElseThrow().status();
  }

  private static final class Kept implements Escalations {
    private final Map<String, Escalation> kept = new LinkedHashMap<>();

    @Override
    public void add(Tx tx, Escalation escalation) {
      kept.put(escalation.id(), escalation);
    }

    @Override
    public void save(Tx tx, Escalation escalation) {
      kept.put(escalation.id(), escalation);
    }

    @Override
    public Optional<Escalation> find(Tx tx, String id) {
      return Optional.ofNullable(kept.get(id));
    }

    @Override
    public List<Escalation> ofIncident(Tx tx, String incidentId) {
      return kept.values().stream().filter(one -> one.incidentId().equals(incidentId)).toList();
    }
  }
}
