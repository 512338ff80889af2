package dev.firebreak.postmortem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.alert.Alert;
import dev.firebreak.alert.Alerts;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.expression.Templates;
import dev.firebreak.fixtures.MemoryLedger;
import dev.firebreak.run.Artifact;
import dev.firebreak.run.Artifacts;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Incidents;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Renders the template that is shipped. */
class PostmortemDeskTest {
  private static final Instant NOW = Tale.NOON.plusSeconds(100);

  private final List<Artifact> artifacts = new ArrayList<>();
  private int linesRead;
  private Incident incident = incident("Redis does not answer");

  private static Incident incident(String title) {
    return new Incident(
            "inc_01JDXYZ_A",
            "redis/cache-1",
            title,
            "critical",
            "team-cache",
            Incident.Status.OPEN,
            Tale.NOON,
            null,
            null,
            null,
            null)
        .acknowledged("ana", Tale.NOON);
  }

  static Path templates() {
    Path here = Path.of("templates");
    return Files.isDirectory(here) ? here : Path.of("..", "templates");
  }

  private static <T> T port(Class<T> port, BiFunction<String, Object[], Object> answer) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> answer.apply(method.getName(), arguments)));
  }

  private static long last(Tale tale) {
    return tale.entries().size();
  }

  private List<JournalEntry> read(Tale tale, Object[] asked) {
    List<JournalEntry> given =
        tale.entries().stream()
            .filter(entry -> entry.sequence() > (long) asked[2])
            .limit((int) asked[3])
            .toList();
    linesRead += given.size();
    return given;
  }

  private Optional<String> draft(Tale tale) {
    return draft(tale, PostmortemDesk.WHOLE);
  }

  private Optional<String> draft(Tale tale, int lines) {
    Alert alert =
        new Alert(
            "am",
            "f1",
            Alert.Status.FIRING,
            Tale.NOON,
            null,
            Map.of(),
            Map.of(),
            null,
            "Redis",
            null);
    StoredAlert stored =
        new StoredAlert("alr_1", alert, incident.id(), "dlv_1", Tale.NOON, Tale.NOON, 1);
    PostmortemPorts ports =
        new PostmortemPorts(
            new MemoryLedger(),
            port(
                Incidents.class,
                (name, a) -> Optional.of(incident).filter(i -> i.id().equals(a[1]))),
            port(Alerts.class, (name, a) -> List.of(stored)),
            port(Journal.class, (name, a) -> name.equals("last") ? last(tale) : read(tale, a)),
            port(Artifacts.class, (name, a) -> artifacts));
    return new PostmortemDesk(
            ports, new Templates(templates()), "https://firebreak.example/", new ObjectMapper())
        .draft("inc_01JDXYZ_A", NOW, lines);
  }

  @Test
  void draft_ofAResolvedIncident_holdsTimesDeedsTicketsAndEvidence() {
    incident = incident.resolved("system:firebreak", Tale.NOON.plusSeconds(90));
    artifacts.add(
        new Artifact(
            "art_1",
            incident.id(),
            "run_1",
            "info",
            "redis-info.txt",
            "text/plain",
            123,
            "0a".repeat(32),
            true,
            Tale.NOON));
    String draft = draft(Tale.oneRestart()).orElseThrow();
    assertThat(draft)
        .contains("# Postmortem: Redis does not answer")
        .contains("<https://firebreak.example/incidents/inc_01JDXYZ_A>")
        .contains("| Alert began | 2026-11-22T12:00:00Z |  |  |")
        .contains("| Alert received | 2026-11-22T12:00:02Z | 2s | 2s |")
        .contains("| Fix verified | 2026-11-22T12:00:14Z | 6s | 14s |")
        .contains("| Resolved | 2026-11-22T12:01:30Z | 1m16s | 1m30s |")
        .contains("- 2026-11-22T12:00:06Z restart on redis/cache-1\n")
        .contains("(verified)")
        .contains("Ticket 7 in redmine: <https://redmine.example.com/issues/7>")
        .contains(
            "redis-info.txt of info, 123 bytes, truncated:"
                + " <https://firebreak.example/artifacts/art_1>")
        .contains("SHA-256 " + "0a".repeat(32))
        .contains("ana: ana acknowledges")
        .contains("The record shows nothing that is open.")
        .doesNotContain("not resolved yet")
        .doesNotContain("\uE000");
  }

  @Test
  void draft_ofALongIncident_isOfReadableLengthAndSaysWhatItLeavesOut() {
    Tale tale = new Tale();
    for (int i = 0; i < 25_000; i++) {
      tale.event(i, "note.added", "line number " + i);
    }
    tale.intent(25_000, "restart", "redis/cache-1");
    String draft = draft(tale).orElseThrow();
    assertThat(draft.lines().count()).isLessThan(2_200);
    assertThat(draft)
        .contains("| line number 0 |", "| line number 999 |", "| line number 24001 |")
        .doesNotContain("| line number 1000 |", "| line number 24000 |")
        .contains("23001 lines are left out here; the timeline of the incident has them all")
        .contains("restart on redis/cache-1");
  }

  @Test
  void draft_toLookAt_readsTheEndsOfALongRecordOnly() {
    Tale tale = new Tale();
    for (int i = 0; i < 25_000; i++) {
      tale.event(i, "note.added", "line number " + i);
    }
    String draft = draft(tale, PostmortemDesk.GLANCE).orElseThrow();
    assertThat(linesRead).as("lines read").isEqualTo(2 * PostmortemDesk.GLANCE);
    assertThat(draft)
        .contains("| line number 0 |", "| line number 499 |", "| line number 24500 |")
        .contains("24000 lines are left out here")
        .doesNotContain("| line number 500 |", "| line number 24499 |");
  }

  @Test
  void draft_ofAnIncidentWithoutAnything_saysWhatIsAbsent() {
    assertThat(draft(new Tale()).orElseThrow())
        .contains("not resolved yet")
        .contains("| Fix verified | not on record |  |  |")
        .contains("It changed nothing.")
        .contains("Ticket: none was opened")
        .contains("No diagnostic step ended.")
        .contains("None was kept.");
  }

  @Test
  void draft_withHostileValues_showsThemAndNothingElse() {
    incident = incident("[x](javascript:alert(1)) <img src=x> | @channel \u0007\uE0000\uE001\n# h");
    String draft =
        draft(
                new Tale()
                    .person(
                        1, "eve", "note.added", "</td> http://evil.example ![i](http://e/p.png)")
                    .line(
                        2,
                        "ticket.opened",
                        "s",
                        "t",
                        Map.of("system", "s", "ref", "1", "url", "javascript:alert%281%29")))
            .orElseThrow();
    assertThat(draft)
        .doesNotContain("<img")
        .doesNotContainPattern("(?<!\\\\)\\]\\(")
        .doesNotContain("<javascript")
        .doesNotContain("http://e")
        .doesNotContain("@channel")
        .doesNotContain("\n# h")
        .doesNotContain("javascript:alert");
  }

  @Test
  void draft_ofALongJournal_readsAllPages() {
    Tale tale = new Tale();
    for (int i = 0; i < 1_201; i++) {
      tale.event(i, "alert.repeated", "said " + i + " times");
    }
    assertThat(draft(tale).orElseThrow()).contains("said 1200 times");
  }

  @Test
  void draft_ofAnUnknownIncident_isEmpty() {
    incident =
        new Incident(
            "inc_other",
            "k",
            "t",
            null,
            "o",
            Incident.Status.OPEN,
            Tale.NOON,
            null,
            null,
            null,
            null);
    assertThat(draft(new Tale())).isEmpty();
  }
}
