package dev.firebreak.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.core.Reason;
import dev.firebreak.expression.Escape;
import dev.firebreak.expression.Templates;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunStatus;
import dev.firebreak.run.StepRun;
import dev.firebreak.run.StepState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The templates that are shipped, filled in. */
class TicketTemplatesTest {
  private final MemoryHouse house = new MemoryHouse();
  private final MemoryTickets tickets = new MemoryTickets();

  static Path templates() {
    Path here = Path.of("templates");
    return Files.isDirectory(here) ? here : Path.of("..", "templates");
  }

  static Run run(String summary) {
    Map<String, StepRun> steps = new LinkedHashMap<>();
    steps.put(
        "ping",
        StepRun.pending("ping", StepRun.Phase.DIAGNOSE)
            .in(
                new StepState.Ended(
                    StepState.End.FAILED,
                    MemoryHouse.START,
                    new Reason("refused", "cache-1:6379 refused the connection"))));
    steps.put("restart", StepRun.pending("restart", StepRun.Phase.CHANGE));
    return new Run(
        "run_1",
        "inc_1",
        "redis-down",
        "v1",
        Map.of(
            "source",
            "am",
            "starts_at",
            "2026-11-22T11:59:30.123456Z",
            "summary",
            summary,
            "labels",
            Map.of("alertname", "RedisDown")),
        Map.of(),
        "source:am",
        MemoryHouse.START,
        RunStatus.MITIGATED,
        new Reason("verified", "restart verified"),
        MemoryHouse.START,
        Run.Control.NONE,
        1,
        steps);
  }

  private void carry(String run) {
    Templates folder = new Templates(templates());
    new TicketCourier(
            house.ports(),
            List.of(tickets),
            name -> folder.get(name, Escape.TEXT),
            "https://firebreak.example",
            new SettableClock(),
            new ObjectMapper())
        .carry(TicketMessages.wanted("inc_1", run, "finally-1", "redmine", "incident", "all"));
  }

  @Test
  void incident_withARun_tellsAlertStepsAndEvidence() {
    house.runs.put("run_1", run("Redis is down"));
    house.artifact("art_1", "ping", "out.txt", "no answer");
    carry("run_1");
    assertThat(tickets.texts.getFirst())
        .contains("**Redis does not answer**")
        .contains("- Incident: https://firebreak.example/incidents/inc_1\n")
        .contains("- Redis is down\n- Source am, since 2026-11-22T11:59:30Z")
        .contains("- alertname = RedisDown\n")
        .contains("## What redis-down did")
        .contains("- ping: failed cache-1:6379 refused the connection")
        .contains("- restart: pending")
        .doesNotContain("ehearsal")
        .contains("- out.txt of ping, 9 bytes, SHA-256 abab")
        .doesNotContain("{{")
        .doesNotContain("\n\n\n");
  }

  @Test
  void incident_withARunThatRehearsed_saysSoFirst() {
    StepRun rehearsed =
        StepRun.pending("restart", StepRun.Phase.CHANGE)
            .in(
                new StepState.Ended(
                    StepState.End.FAILED,
                    MemoryHouse.START,
                    new Reason("rehearsed", "rehearsal: 'restart' would have been done")));
    house.runs.put("run_1", run("Redis is down").with(rehearsed));
    carry("run_1");
    assertThat(tickets.texts.getFirst())
        .contains("**This is a rehearsal: where it says so a change was not made")
        .contains("- restart: failed rehearsal: 'restart' would have been done");
  }

  @Test
  void incident_withoutRunOrEvidence_saysSo() {
    carry("run_unknown");
    assertThat(tickets.texts.getFirst()).contains("- None was kept.");
  }

  @Test
  void incident_withHostileValues_showsThemAndNothingElse() {
    house.runs.put("run_1", run("[x](javascript:alert(1)) <img src=x> @channel\n# h\n- l\u0007"));
    carry("run_1");
    assertThat(tickets.texts.getFirst())
        .contains("- \\[x\\](javascript:alert(1)) \\<img src=x\\> \\@channel \\# h - l\n");
  }

  @Test
  void note_onASecondRun_andOnResolution_areShort() {
    carry("run_1");
    house.runs.put("run_2", run("again"));
    carry("run_2");
    assertThat(tickets.texts.getLast())
        .startsWith("**Firebreak looked at this again.**")
        .contains("- Run of redis-down: https://firebreak.example/runs/run_1");
    house.incident = house.incident.resolved("person:ana", MemoryHouse.START);
    carry("run_2");
    assertThat(tickets.texts.getLast())
        .startsWith("**The incident is resolved** (person:ana).")
        .contains("https://firebreak.example/incidents/inc_1/postmortem");
  }

  @Test
  void incident_withALongJournal_tellsTheLatestAndSaysHowManyAreMissing() {
    for (int i = 0; i < 100; i++) {
      house
          .ports()
          .journal()
          .append(
              Runnable::run,
              new dev.firebreak.run.JournalEntry.Note(
                  "inc_1",
                  MemoryHouse.START,
                  "system:x",
                  "note.added",
                  null,
                  null,
                  "line " + i + ".",
                  Map.of()));
    }
    carry("run_1");
    assertThat(tickets.texts.getFirst())
        .contains("line 99.")
        .contains("line 40.")
        .doesNotContain("line 39.")
        .contains("40 earlier entries");
  }
}
