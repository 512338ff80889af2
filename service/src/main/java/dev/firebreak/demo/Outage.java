package dev.firebreak.demo;

import dev.firebreak.run.JournalEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One outage from its beginning to its ticket. */
final class Outage {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration HUMAN = Duration.ofHours(1);

  private final Ward ward;
  private final Alarm alarm;
  private final Witness witness;
  private final Screen screen;

  Outage(Ward ward, Alarm alarm, Witness witness, Screen screen) {
    this.ward = ward;
    this.alarm = alarm;
    this.witness = witness;
    this.screen = screen;
  }

  /** What happens while humans must decide. */
  interface Question {
    /**
     * Puts it to them; returns once they decided, or while they still may.
     *
     * @param mark of the witness, before the outage
     */
    void put(int mark) throws IOException, InterruptedException;
  }

  /**
   * Breaks the patient, raises the alarm, and returns when the incident is over.
   *
   * @return the incident's id
   */
  String happen(@Nullable Question question) throws IOException, InterruptedException {
    int mark = witness.mark();
    alarm.firing();
    if (question != null) {
      question.put(mark);
    }
    Duration patience = question == null ? SOON : HUMAN;
    JournalEntry end = witness.await(mark, "the run ends", patience, Outage::isEndOfRunOrCall);
    witness.await(mark, "the ticket is written", SOON, is("ticket.updated"));
    if (!ward.isWell()) {
      ward.mend();
      screen.line(
          Screen.Sign.HUMAN, "patient   is restarted by hand: Firebreak was not allowed to");
    }
    int written = witness.mark();
    alarm.resolved();
    witness.await(mark, "the incident is over", SOON, is("incident.resolved"));
    witness.await(written, "the ticket is closed", SOON, is("ticket.updated"));
    return end.incidentId();
  }

  /** A run that was not allowed to repair calls people, and does not end before they are done. */
  static boolean isEndOfRunOrCall(JournalEntry entry) {
    return entry.kind().startsWith("escalation.") || isEndOfRun(entry);
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
