package dev.firebreak.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A question to humans, with everything they need to answer it. */
record GateView(
    String id,
    GateCard card,
    Link incident,
    Badge severity,
    Link run,
    String step,
    List<String> targets,
    boolean anyTargets,
    List<PlanTree.Row> plan,
    String hash,
    String shortHash,
    @Nullable Budget budget,
    List<Proof> evidence,
    boolean anyEvidence,
    List<NewsLine> news,
    boolean anyNews,
    List<VoteLine> votes,
    boolean anyVotes,
    List<Walk> walks,
    Decide decide,
    Times.@Nullable When over) {
  /**
   * What is left of a limit.
   *
   * @param bar how many twentieths of it are used, as a class of the style sheet
   */
  record Budget(String used, String max, String per, String bar, boolean spent) {}

  /**
   * What a diagnostic step found.
   *
   * @param plain whether its first line says everything
   * @param brief whether it is short enough to be shown at once
   */
  record Proof(
      String step,
      String name,
      Badge status,
      @Nullable Excerpt output,
      String why,
      List<IncidentView.ArtifactLine> artifacts,
      boolean plain,
      boolean brief) {}

  /** An alert that joined since it was asked. */
  record NewsLine(String summary, String labels, Times.When at) {}

  /** One person's word. */
  record VoteLine(
      String person, Badge said, String reason, Times.When at, List<PlanTree.Row> answers) {}

  /** Who is asked, one after the other. */
  record Walk(String names, boolean now, boolean before) {}

  /**
   * Whether the one who looks can decide.
   *
   * @param why why not, empty when they can
   * @param glass whether they may decide it alone, whoever is asked
   * @param answered who filled the form in before; empty when nobody has
   */
  record Decide(
      boolean open,
      boolean can,
      String why,
      boolean glass,
      List<FormLine> form,
      boolean anyForm,
      List<FormLine> glassForm,
      String answered) {}
}
