package dev.firebreak.ticket;

import dev.firebreak.core.Message;
import java.util.List;
import java.util.Map;

/** The messages that {@link TicketCourier} carries. Pure. */
public final class TicketMessages {
  /** {@link Message#kind} of all of them. */
  public static final String KIND = "ticket";

  private TicketMessages() {}

  /**
   * Says that the ticket of an incident must stand as the incident does: moved to its resolved
   * status, with a note that links the postmortem. Commit it with the incident's resolution, once
   * for each configured ticket system; where the incident has no ticket, nothing happens.
   */
  public static Message resolved(String incidentId, String system) {
    return new Message(
        KIND,
        resolvedKey(incidentId, system),
        Map.of("incident", incidentId, "system", system, "resolve", true));
  }

  /**
   * Says that an incident wants a ticket that no step asked for, or news of it in the one it has.
   *
   * @param key two messages of one key are one
   * @param news one sentence
   */
  public static Message news(String incidentId, String system, String key, String news) {
    return new Message(
        KIND,
        key,
        Map.of("incident", incidentId, "system", system, "attach", "none", "news", news));
  }

  static String resolvedKey(String incidentId, String system) {
    return incidentId + "/" + system + "/resolved";
  }

  /**
   * Says that a step wants a ticket.
   *
   * @param attach {@code all}, {@code none} or a list of artifact names
   */
  static Message wanted(
      String incidentId,
      String runId,
      String stepId,
      String system,
      String template,
      Object attach) {
    return new Message(
        KIND,
        runId + "/" + stepId,
        Map.of(
            "incident", incidentId,
            "run", runId,
            "step", stepId,
            "system", system,
            "template", template,
            "attach", attach instanceof List<?> names ? List.copyOf(names) : attach));
  }
}
