package dev.firebreak.ticket.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.outbox.CourierException;
import dev.firebreak.ticket.TicketSystem.Attached;
import dev.firebreak.ticket.TicketSystem.Ref;
import dev.firebreak.ticket.TicketSystem.Shown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTicketsTest {
  @TempDir private Path dir;

  private FileTickets tickets() {
    return new FileTickets("file", dir, 100, new SettableClock(), new ObjectMapper());
  }

  private Ref open() {
    return tickets()
        .open("inc_1", "Redis: \"down\"\n---\nstatus: resolved", "The text", "critical")
        .ref();
  }

  private Shown look(Ref ref) {
    return tickets().look(ref).orElseThrow();
  }

  @Test
  void open_whenThereIsNone_writesAPageThatIsFound() throws Exception {
    assertThat(tickets().find("inc_1")).isEmpty();
    Ref ref = open();
    assertThat(tickets().find("inc_1")).contains(ref);
    assertThat(ref.url()).startsWith("file:///").endsWith("/inc_1/ticket.md");
    assertThat(Files.readString(dir.resolve("inc_1/ticket.md")))
        .isEqualTo(
            """
            ---
            incident: inc_1
            subject: "Redis: \\"down\\"\\n---\\nstatus: resolved"
            severity: "critical"
            status: open
            opened: 2026-11-22T12:00:00Z
            ---

            The text
            """);
  }

  @Test
  void note_andResolve_areBelowTheTextAndLeaveNothingElseBehind() throws Exception {
    Ref ref = open();
    tickets().note(ref, "a note\n---\nstatus: open");
    tickets().resolve(ref, "over");
    tickets().resolve(ref, null);

    Shown shown = look(ref);
    assertThat(shown.ref().status()).isEqualTo("resolved");
    assertThat(shown.says("The text")).isTrue();
    assertThat(shown.says("a note")).isTrue();
    assertThat(Files.readString(dir.resolve("inc_1/ticket.md"))).containsOnlyOnce("over");
    try (Stream<Path> files = Files.list(dir.resolve("inc_1"))) {
      assertThat(files).containsExactly(dir.resolve("inc_1/ticket.md"));
    }
  }

  @Test
  void attach_twice_isThereOnceByteForByte() throws Exception {
    Ref ref = open();
    byte[] content = {0, 1, 13, 10, -1};
    assertThat(tickets().attach(ref, "a.bin", "text/plain", content)).isTrue();
    assertThat(tickets().attach(ref, "a.bin", "text/plain", content)).isTrue();
    assertThat(tickets().attach(ref, "empty.txt", "text/plain", new byte[0])).isTrue();
    assertThat(look(ref).attached())
        .isEqualTo(List.of(new Attached("a.bin", 5), new Attached("empty.txt", 0)));
    assertThat(dir.resolve("inc_1/attachments/a.bin")).hasBinaryContent(content);
  }

  @Test
  void attach_whenTooLarge_isRefused() {
    Ref ref = open();
    assertThat(tickets().attach(ref, "a.bin", "text/plain", new byte[101])).isFalse();
    assertThat(look(ref).attached()).isEmpty();
  }

  @Test
  void attach_whenTheNameLeadsElsewhere_isRefused() {
    Ref ref = open();
    assertThatThrownBy(() -> tickets().attach(ref, "../ticket.md", "text/plain", new byte[1]))
        .isInstanceOf(CourierException.class);
    assertThatThrownBy(() -> tickets().find("../inc_1")).isInstanceOf(CourierException.class);
  }

  @Test
  void look_whenAHumanBrokeTheHeader_saysWhatToDo() throws Exception {
    Ref ref = open();
    Files.writeString(dir.resolve("inc_1/ticket.md"), "my own words");
    assertThatThrownBy(() -> tickets().look(ref))
        .isInstanceOfSatisfying(
            CourierException.class, fault -> assertThat(fault.permanent()).isTrue())
        .hasMessageContaining("ticket.md")
        .hasMessageContaining("restore its header");
  }

  @Test
  void open_whenTheFolderCannotBeMade_isTriedAgain() throws Exception {
    Files.writeString(dir.resolve("file"), "in the way");
    FileTickets tickets =
        new FileTickets("file", dir.resolve("file"), 100, new SettableClock(), new ObjectMapper());
    assertThatThrownBy(() -> tickets.open("inc_1", "s", "t", ""))
        .isInstanceOfSatisfying(
            CourierException.class, fault -> assertThat(fault.permanent()).isFalse())
        .hasMessageContaining("writable");
  }
}
