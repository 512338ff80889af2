package dev.firebreak.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One incident: what is known, what was done, what is asked. */
record IncidentView(
    String id,
    Head head,
    Hands hands,
    List<GateCard> gates,
    boolean anyGates,
    List<CallLine> calls,
    boolean anyCalls,
    List<AlertCard> alerts,
    boolean anyAlerts,
    String moreAlerts,
    List<RunCard> runs,
    boolean anyRuns,
    List<ArtifactLine> artifacts,
    boolean anyArtifacts,
    List<TicketLine> tickets,
    List<SentLine> sent,
    boolean anySent,
    Timeline timeline) {
  /** What stands on top. */
  record Head(
      String title,
      String key,
      String owner,
      Badge severity,
      Badge status,
      Times.When opened,
      @Nullable Word acknowledged,
      @Nullable Word resolved) {}

  /** Whose word, and when. */
  record Word(String by, Times.@Nullable When at) {}

  /**
   * What this person may do here.
   *
   * @param may whether they have the role
   * @param why why not, empty when they may
   */
  record Hands(boolean may, String why, boolean canAcknowledge, boolean canResolve) {}

  /** A call for humans. */
  record CallLine(
      String chain,
      Badge status,
      String why,
      Times.When opened,
      Times.@Nullable When next,
      String by) {}

  /** One alert. */
  record AlertCard(
      Badge status,
      Link summary,
      String source,
      Badge severity,
      Times.When started,
      Times.@Nullable When ended,
      String deliveries,
      List<Label> labels,
      List<Label> notes) {}

  /** A label or annotation. */
  record Label(String name, String value) {}

  /** One run with its steps. */
  record RunCard(
      String id,
      String runbook,
      Badge status,
      String why,
      Times.When started,
      String took,
      List<StepMark> steps) {}

  /** One step of a run, in short. */
  record StepMark(String id, Badge status, String took) {}

  /** One artifact. */
  record ArtifactLine(
      String id, String name, String step, String size, String sha, boolean truncated) {}

  /** One ticket. */
  record TicketLine(String system, Link link, String status) {}

  /** A message that went out, or did not yet. */
  record SentLine(String what, Badge status, String error, Times.When at) {}

  /**
   * The newest lines of the record, newest first.
   *
   * @param last the sequence of the newest line
   * @param older where the ones before are, or null
   */
  record Timeline(List<Line> lines, boolean any, String last, @Nullable String older) {}

  /**
   * One line.
   *
   * @param minor whether it is seldom news
   */
  record Line(
      String sequence,
      Times.When at,
      boolean minor,
      Badge kind,
      String actor,
      @Nullable Link step,
      String text) {}
}
