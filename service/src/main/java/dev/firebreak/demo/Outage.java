package dev.firebreak.demo;

import dev.firebreak.run.JournalEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;

/** One outage from its beginning to its ticket. */
final class Outage {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration HUMAN = Duration.ofHours(1);

  private final Ward ward;
  private final Alarm alarm;
  private final Witness witness;

  Outage(Ward ward, Alarm alarm, Witness witness) {
    this.ward = ward;
    this.alarm = alarm;
    this.witness = witness;
  }

  /** What happens while a human must decide. */
  interface Question {
    void put() throws IOException, InterruptedException;
  }

  /**
   * Breaks the patient, raises the alarm, and returns when the incident is over.
   *
   * @return the incident's id
   */
  String happen(boolean asks, Question question) throws IOException, InterruptedException {
    int mark = witness.mark();
    alarm.firing();
    if (asks) {
      witness.await(mark, "a human is asked", SOON, is("gate.opened"));
      question.put();
    }
    Duration patience = asks ? HUMAN : SOON;
    JournalEntry end = witness.await(mark, "the run ends", patience, Outage::isEndOfRun);
    witness.await(mark, "the ticket is written", SOON, is("ticket.updated"));
    if (ward.isWell()) {
      int written = witness.mark();
      alarm.resolved();
      witness.await(mark, "the incident is over", SOON, is("incident.resolved"));
      witness.await(written, "the ticket is closed", SOON, is("ticket.updated"));
    }
    return end.incidentId();
  }

  private static boolean isEndOfRun(JournalEntry entry) {
    return entry.stepId() == null
        && entry.kind().startsWith("run.")
        && entry.text().contains(" " + entry.kind().substring("run.".length()) + ": ");
  }

  private static Predicate<JournalEntry> is(String kind) {
    return entry -> entry.kind().equals(kind);
  }
}
