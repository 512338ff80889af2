package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link Journal} must do. */
abstract class JournalContract extends Contract {
  private final String incident = Samples.id("inc");

  private Journal journal() {
    return database().journal();
  }

  private JournalEntry.Note note(String text) {
    return new JournalEntry.Note(
        incident,
        NOON.plusNanos(789),
        "firebreak",
        "step.succeeded",
        "run_1",
        null,
        text,
        Map.of("status", 200, "ä", "🔥"));
  }

  private JournalEntry append(String text) {
    return commit(tx -> journal().append(tx, note(text)));
  }

  private List<JournalEntry> all() {
    return list(tx -> journal().read(tx, incident, 0, 1_000));
  }

  @Nested
  class Append {
    @Test
    void entries_areChainedWithoutGaps() {
      JournalEntry one = append("one");
      JournalEntry two = append("two");
      assertThat(all()).containsExactly(one, two);
      assertThat(one.sequence()).isEqualTo(1);
      assertThat(two.sequence()).isEqualTo(2);
      assertThat(one.hash()).isEqualTo(one.hashAfter(JournalEntry.GENESIS));
      assertThat(two.hash()).isEqualTo(two.hashAfter(one.hash()));
    }

    @Test
    void manyInOneWork_areChained() {
      write(
          tx -> {
            for (int i = 0; i < 50; i++) {
              JournalEntry entry = journal().append(tx, note("n" + i));
              assertThat(journal().read(tx, incident, i, 10)).containsExactly(entry);
            }
          });
      String before = JournalEntry.GENESIS;
      for (JournalEntry entry : all()) {
        assertThat(entry.hash()).isEqualTo(entry.hashAfter(before));
        before = entry.hash();
      }
      assertThat(all()).hasSize(50);
    }

    @Test
    void workThatFails_leavesNoGap() {
      append("one");
      assertThatThrownBy(
              () ->
                  write(
                      tx -> {
                        journal().append(tx, note("lost"));
                        throw new IllegalArgumentException("no");
                      }))
          .hasRootCauseMessage("no");
      append("two");
      assertThat(all()).extracting(JournalEntry::text).containsExactly("one", "two");
      assertThat(all()).extracting(JournalEntry::sequence).containsExactly(1L, 2L);
    }

    @Test
    void textNoDatabaseCanHold_isKeptWithAMarkAndAValidHash() {
      JournalEntry entry = append("before\0after \ud800");
      assertThat(all()).hasSize(1);
      JournalEntry kept = all().getFirst();
      assertThat(kept.text()).startsWith("before\uFFFDafter");
      assertThat(kept.hash())
          .isEqualTo(entry.hash())
          .isEqualTo(kept.hashAfter(JournalEntry.GENESIS));
    }
  }

  @Nested
  class Read {
    @Test
    void pages_beginAfterASequence() {
      append("one");
      JournalEntry two = append("two");
      append("three");
      assertThat(list(tx -> journal().read(tx, incident, 1, 1))).containsExactly(two);
      assertThat(list(tx -> journal().read(tx, incident, 3, 9))).isEmpty();
    }
  }
}
