package dev.firebreak.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.alert.StoredAlert;
import dev.firebreak.gate.Gate;
import dev.firebreak.runbook.FormField;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question to humans.
 *
 * @param plan what would be done
 * @param planHash what an answer must repeat: it covers exactly this plan
 * @param asked the people and teams who may answer now
 * @param guards the guards an approval answers
 * @param barred who may not decide, and why
 * @param notBefore nobody approves before this, or null
 * @param form what whoever approves fills in; empty when nothing
 * @param answers what was filled in first: who approves later answers the same
 * @param firedSince the alerts that joined since it was opened, newest first; null where many gates
 *     are listed
 * @param expiresAt when the next ones are asked, or the gate is closed for good
 */
@Wire
record GateDoc(
    String id,
    String incident,
    String run,
    String step,
    String question,
    String why,
    Map<String, Object> plan,
    String planHash,
    List<String> asked,
    int quorum,
    String status,
    String openedAt,
    String expiresAt,
    @Nullable String endedAt,
    @Nullable String endedWhy,
    List<VoteDoc> votes,
    List<String> guards,
    Map<String, String> barred,
    @Nullable String notBefore,
    List<FieldDoc> form,
    Map<String, Object> answers,
    @Nullable List<IncidentDetailDoc.AlertDoc> firedSince) {
  /** One thing to be filled in. */
  @Wire
  record FieldDoc(
      String name,
      String label,
      String help,
      String type,
      boolean required,
      @JsonProperty("default") @Nullable Object fallback,
      @Nullable BigDecimal min,
      @Nullable BigDecimal max,
      List<String> options) {
    static FieldDoc of(FormField field) {
      return new FieldDoc(
          field.name(),
          field.label(),
          field.help(),
          field.type().asText(),
          field.required(),
          field.fallback(),
          field.min(),
          field.max(),
          field.options());
    }
  }

  /** One person's word. */
  @Wire
  record VoteDoc(
      String person, boolean approve, String reason, String at, Map<String, Object> answers) {
    static VoteDoc of(Gate.Vote vote) {
      return new VoteDoc(
          vote.person(), vote.approve(), vote.reason(), Times.text(vote.at()), vote.answers());
    }
  }

  static GateDoc of(Gate gate) {
    return of(gate, null);
  }

  /** The same, with what was heard since it was opened. */
  static GateDoc of(Gate gate, @Nullable List<StoredAlert> since) {
    return new GateDoc(
        gate.id(),
        gate.incidentId(),
        gate.runId(),
        gate.stepId(),
        gate.question(),
        gate.why(),
        gate.plan(),
        gate.planHash(),
        gate.asked(),
        gate.quorum(),
        gate.status().asText(),
        Times.text(gate.openedAt()),
        Times.text(gate.expiresAt()),
        Times.textOrNull(gate.endedAt()),
        gate.endedWhy(),
        gate.votes().stream().map(VoteDoc::of).toList(),
        gate.terms().guards(),
        gate.terms().barred(),
        Times.textOrNull(gate.terms().notBefore()),
        gate.form().fields().stream().map(FieldDoc::of).toList(),
        gate.answers(),
        since == null ? null : since.stream().map(IncidentDetailDoc.AlertDoc::of).toList());
  }
}
