package dev.firebreak.guard;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * A change that the halt switch refused, or stopped before it began, and that nobody has decided on
 * since.
 *
 * @param runId whose change it is
 * @param step the id of the change
 * @param scope what was halted
 * @param why the sentence of the refusal
 * @param at when it was refused last
 * @param live whether its run has not ended
 */
public record HaltedChange(
    String runId,
    String step,
    String incidentId,
    String runbook,
    HaltScope scope,
    String why,
    Instant at,
    boolean live) {
  /** The code of a refusal. */
  public static final String REFUSED = "automation-off";

  /** The code of a change that was stopped between its decision and its begin. */
  public static final String STOPPED = "halted";

  /** By which a step is known to have been halted, and not to have gone on since. */
  public static final Set<String> CODES = Set.of(REFUSED, STOPPED);

  /** What people choose for it once automation is on again. */
  public enum Choice {
    /** It is tried again, before all guards; a run that has ended begins anew. */
    GO_ON,
    /** Its run is cancelled. */
    CANCEL,
    /** Somebody is called who does it by hand. */
    HAND_OVER;

    /** {@code go_on}, as JSON writes it. */
    public String asText() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What was chosen.
   *
   * @param cameOf what came of it
   */
  public record Chosen(Choice choice, String by, Instant at, String reason, String cameOf) {}
}
