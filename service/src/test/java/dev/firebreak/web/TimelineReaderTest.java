package dev.firebreak.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.core.Tx;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimelineReaderTest {
  private static final Tx TX = effect -> {};
  private static final Times TIMES = new Times(Instant.EPOCH);

  @Test
  void end_ofARecordOfAnyLength_isFoundInAHandfulOfReads() {
    for (long length = 0; length <= 1_000; length++) {
      Lines lines = new Lines(length);
      assertThat(lines.last(TX, "inc")).isEqualTo(length);
      assertThat(lines.reads).isLessThan(20);
    }
  }

  @Test
  void newest_ofALongRecord_areItsLastLinesNewestFirst() {
    IncidentView.Timeline timeline =
        new TimelineReader(new Lines(1_000_000)).newest(TX, "inc", 0, TIMES);
    assertThat(timeline.last()).isEqualTo("1000000");
    assertThat(timeline.lines()).hasSize(60).first().extracting("sequence").isEqualTo("1000000");
    assertThat(timeline.older()).isEqualTo("/incidents/inc?before=999941");
  }

  @Test
  void newest_beforeALine_endsJustBeforeIt() {
    IncidentView.Timeline timeline =
        new TimelineReader(new Lines(100)).newest(TX, "inc", 41, TIMES);
    assertThat(timeline.lines()).hasSize(40).first().extracting("sequence").isEqualTo("40");
    assertThat(timeline.older()).isNull();
  }

  /** A record of so many lines. */
  private static final class Lines implements Journal {
    private final long length;
    private int reads;

    Lines(long length) {
      this.length = length;
    }

    @Override
    public JournalEntry append(Tx tx, JournalEntry.Note note) {
      throw new UnsupportedOperationException("only read");
    }

    @Override
    public List<JournalEntry> read(Tx tx, String incident, long after, int limit) {
      reads++;
      return LongStream.rangeClosed(after + 1, Math.min(after + limit, length))
          .mapToObj(
              n ->
                  new JournalEntry(
                      incident, n, Instant.EPOCH, "system:x", "k", null, null, "t", "{}", "h"))
          .toList();
    }
  }
}
