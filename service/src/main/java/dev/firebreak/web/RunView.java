package dev.firebreak.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run: what it is doing, what every step brought, how to stop it. */
record RunView(
    String id,
    Head head,
    List<Broken> broken,
    Hands hands,
    List<GateCard> gates,
    boolean anyGates,
    List<Unsure> unsure,
    boolean anyUnsure,
    List<Phase> phases,
    List<IncidentView.Label> vars,
    boolean anyVars,
    List<IncidentView.ArtifactLine> artifacts,
    boolean anyArtifacts) {
  /** Somebody answered a gate of it alone. */
  record Broken(String person, String reason, Times.When at, boolean open) {}

  /** What stands on top. */
  record Head(
      String title,
      String runbook,
      String version,
      Badge status,
      String why,
      Link incident,
      @Nullable Link caller,
      String startedBy,
      Times.When started,
      Times.@Nullable When ended,
      String took,
      boolean paused,
      boolean rehearsal) {}

  /** What this person may do here. */
  record Hands(boolean may, String why, boolean alive, boolean canPause, boolean canResume) {}

  /**
   * A change nobody knows the outcome of: a human has to say.
   *
   * @param at its step in addresses
   */
  record Unsure(String step, String at, String name, String why, Times.When since) {}

  /** A part of the runbook. */
  record Phase(String name, String hint, List<StepCard> steps) {}

  /**
   * One step.
   *
   * @param part whether it is the proof or the undoing of the step above
   * @param unfolded whether its output is shown at once
   * @param hand what this person may do to it, null for nothing
   */
  record StepCard(
      String id,
      String name,
      String action,
      boolean part,
      String needs,
      Badge status,
      String attempts,
      String took,
      String why,
      Times.@Nullable When until,
      @Nullable Link ref,
      @Nullable Excerpt output,
      boolean unfolded,
      @Nullable Hand hand,
      List<IncidentView.ArtifactLine> artifacts) {}

  /**
   * What a person may do to one step.
   *
   * @param run its run
   * @param at its step in addresses
   * @param blind whether trying it again may make a change a second time
   * @param signal the signal it waits for, empty for none
   */
  record Hand(String run, String at, boolean retry, boolean skip, boolean blind, String signal) {}
}
