package dev.firebreak.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.escalation.Escalation;
import dev.firebreak.ticket.Ticket;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An incident with all that belongs to it. */
@Wire
record IncidentDetailDoc(
    @JsonUnwrapped IncidentDoc incident,
    List<AlertDoc> alerts,
    List<RunDoc> runs,
    List<TicketDoc> tickets,
    List<EscalationDoc> escalations) {
  /** An alert of an incident. */
  @Wire
  record AlertDoc(
      String id,
      String source,
      String fingerprint,
      String status,
      String startsAt,
      @Nullable String endsAt,
      Map<String, String> labels,
      Map<String, String> annotations,
      @Nullable String severity,
      String summary,
      @Nullable String link,
      long deliveries,
      String lastSeen) {
    static AlertDoc of(StoredAlert stored) {
      var alert = stored.alert();
      return new AlertDoc(
          stored.id(),
          alert.source(),
          alert.fingerprint(),
          String.valueOf(alert.asModel().get("status")),
          Times.text(alert.startsAt()),
          Times.textOrNull(alert.endsAt()),
          alert.labels(),
          alert.annotations(),
          alert.severity(),
          alert.summary(),
          alert.link(),
          stored.deliveries(),
          Times.text(stored.lastSeen()));
    }
  }

  /** A ticket of an incident. */
  @Wire
  record TicketDoc(String system, String ref, String url, String status, String openedAt) {
    static TicketDoc of(Ticket ticket) {
      return new TicketDoc(
          ticket.system(),
          ticket.ref(),
          ticket.url(),
          ticket.status(),
          Times.text(ticket.openedAt()));
    }
  }

  /** A call for humans. */
  @Wire
  record EscalationDoc(
      String id,
      String run,
      String chain,
      int level,
      String status,
      String why,
      String openedAt,
      String nextAt,
      @Nullable String acknowledgedBy,
      @Nullable String endedAt) {
    static EscalationDoc of(Escalation call) {
      return new EscalationDoc(
          call.id(),
          call.runId(),
          call.chain(),
          call.level(),
          call.status().asText(),
          call.why(),
          Times.text(call.openedAt()),
          Times.text(call.nextAt()),
          call.acknowledgedBy(),
          Times.textOrNull(call.endedAt()));
    }
  }
}
