package dev.firebreak.web;

import dev.firebreak.access.Principal;
import dev.firebreak.access.Role;
import dev.firebreak.engine.PromotionDesk;
import dev.firebreak.guard.promotion.Promotion;
import dev.firebreak.guard.promotion.Rehearsed;
import dev.firebreak.runbook.Runbook;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a version of a runbook makes its changes, and what it would have done.
 *
 * @param version the whole hash: what a form vouches to have seen
 * @param said the last word on it, empty when there is none
 * @param runs how many runs rehearsed a change, in words
 */
record PromotionCard(
    Badge state,
    String version,
    boolean rehearsing,
    boolean promoted,
    String said,
    Times.@Nullable When saidAt,
    String runs,
    Times.@Nullable When since,
    List<Change> changes,
    boolean anyChange,
    boolean canPromote,
    boolean canWithdraw) {
  /** A change that was not made. */
  record Change(Link run, String what, Times.When at) {}

  /** Null when the runbook needs no promotion. */
  static @Nullable PromotionCard of(
      PromotionDesk.Standing standing,
      PromotionDesk desk,
      Runbook book,
      Principal who,
      Set<String> teams,
      Times times) {
    if (standing.state() == PromotionDesk.State.FREE) {
      return null;
    }
    boolean rehearsing = standing.state() == PromotionDesk.State.REHEARSING;
    Promotion said = standing.said();
    Rehearsed.Tally tally = standing.tally();
    return new PromotionCard(
        Badge.of(standing.state()),
        standing.version(),
        rehearsing,
        !rehearsing,
        said == null ? "" : said(said),
        said == null ? null : times.when(said.at()),
        tally == null ? "" : tally.runs() + (tally.runs() == 1 ? " run" : " runs"),
        tally == null ? null : times.when(tally.since()),
        standing.rehearsed().stream().map(change -> change(change, times)).toList(),
        !standing.rehearsed().isEmpty(),
        rehearsing && who.may(Role.APPROVER) && desk.may(book, who.name(), teams),
        !rehearsing && who.may(Role.RESPONDER));
  }

  private static String said(Promotion said) {
    return "%s %s it: %s"
        .formatted(
            TimelineReader.actor(said.by()),
            said.promoted() ? "promoted" : "withdrew",
            said.reason());
  }

  private static Change change(Rehearsed change, Times times) {
    return new Change(
        new Link(change.runId(), "/runs/" + change.runId()),
        change.what(),
        times.when(change.at()));
  }
}
