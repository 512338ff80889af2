package dev.firebreak.observe;

import dev.firebreak.run.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Ids that every log line of a piece of work carries, until it is closed. Belongs to the thread
 * that opened it.
 */
public final class LogContext implements AutoCloseable {
  /** The key of a delivery's id. */
  public static final String DELIVERY = "delivery";

  /** The key of an incident's id. */
  public static final String INCIDENT = "incident";

  /** The key of a run's id. */
  public static final String RUN = "run";

  /** The key of a step's id. */
  public static final String STEP = "step";

  private final List<MDC.MDCCloseable> open = new ArrayList<>();

  private LogContext() {}

  /** The work is on a delivery. */
  public static LogContext delivery(String id) {
    return new LogContext().with(DELIVERY, id);
  }

  /** The work is on a run. */
  public static LogContext run(String incident, String run) {
    return new LogContext().with(INCIDENT, incident).with(RUN, run);
  }

  static LogContext of(JournalEntry entry) {
    return new LogContext()
        .with(INCIDENT, entry.incidentId())
        .with(RUN, entry.runId())
        .with(STEP, entry.stepId());
  }

  private LogContext with(String key, @Nullable String value) {
    if (value != null) {
      open.add(MDC.putCloseable(key, value));
    }
    return this;
  }

  /** A text that stays on its line. */
  String clean(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  @Override
  public void close() {
    open.reversed().forEach(MDC.MDCCloseable::close);
    open.clear();
  }
}
