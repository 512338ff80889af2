package dev.firebreak.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.firebreak.run.JournalEntry;
import org.jspecify.annotations.Nullable;

/**
 * One line of an incident's timeline.
 *
 * @param data a JSON object, written as the journal keeps it: its hash covers this very text
 */
@Wire
record EntryDoc(
    long sequence,
    String at,
    String actor,
    String kind,
    @Nullable String run,
    @Nullable String step,
    String text,
    @JsonRawValue String data,
    String hash) {
  static EntryDoc of(JournalEntry entry) {
    return new EntryDoc(
        entry.sequence(),
        entry.at().toString(),
        entry.actor(),
        entry.kind(),
        entry.runId(),
        entry.stepId(),
        entry.text(),
        entry.data(),
        entry.hash());
  }
}
