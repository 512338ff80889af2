package dev.firebreak.gate;

import dev.firebreak.core.Instants;
import dev.firebreak.runbook.AnswerForm;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A question to humans about one change.
 *
 * @param id {@code gate_…}
 * @param question one sentence
 * @param why why it is asked: the guard's reason
 * @param plan what would be done, frozen, secrets masked; JSON values only
 * @param planHash SHA-256 of the plan: an approval covers exactly this
 * @param by for each walk, the people or teams asked; never empty, nor any of its lists
 * @param walk which of {@code by} is asked now, from 0
 * @param quorum how many distinct people must say yes
 * @param withinMillis how long each walk has
 * @param expiresAt when the walk in force is over
 * @param status open, or how it ended
 * @param endedAt null while open
 * @param endedWhy what ended it, for the late
 * @param votes in order of time
 * @param terms what it was opened under
 */
public record Gate(
    String id,
    String incidentId,
    String runId,
    String stepId,
    String question,
    String why,
    Map<String, Object> plan,
    String planHash,
    List<List<String>> by,
    int walk,
    int quorum,
    long withinMillis,
    Instant openedAt,
    Instant expiresAt,
    Status status,
    @Nullable Instant endedAt,
    @Nullable String endedWhy,
    List<Vote> votes,
    Terms terms) {
  public Gate {
    by = by.stream().map(List::copyOf).toList();
    votes = List.copyOf(votes);
    if (by.isEmpty() || by.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("a gate needs somebody to ask; empty never means all");
    }
  }

  /** How a gate stands. */
  public enum Status {
    OPEN,
    APPROVED,
    REJECTED,
    EXPIRED,
    /** The plan or the alert changed, or the run was cancelled. */
    VOID;

    /** {@code open}, as JSON and labels write it. */
    public String asText() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One person's word.
   *
   * @param answers what they filled in, typed; empty for a rejection and without a form
   */
  public record Vote(
      String person, boolean approve, String reason, Instant at, Map<String, Object> answers) {
    public Vote {
      answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    /** A word without answers. */
    public Vote(String person, boolean approve, String reason, Instant at) {
      this(person, approve, reason, at, Map.of());
    }
  }

  /** What people fill in when they approve it; the plan shows it and its hash covers it. */
  public AnswerForm form() {
    return AnswerForm.ofModel(plan.get(AnswerForm.KEY));
  }

  /** The first vote whose answers stand: who approves after it approves exactly these. */
  public Optional<Vote> answered() {
    return votes.stream().filter(Vote::approve).findFirst();
  }

  /** What was filled in, typed; empty while nobody has. */
  public Map<String, Object> answers() {
    return answered().map(vote -> form().fill(vote.answers()).answers()).orElse(Map.of());
  }

  /** Everybody asked up to now. */
  public List<String> asked() {
    return by.subList(0, walk + 1).stream().flatMap(List::stream).distinct().toList();
  }

  /** How it stands, for whoever comes late: what, since when, and on whose word. */
  public String outcome() {
    return endedAt == null
        ? "open until " + Instants.text(expiresAt)
        : "%s since %s, %s".formatted(status.asText(), Instants.text(endedAt), endedWhy);
  }

  /** When it is over if nobody decides: the end of the last walk. */
  public Instant closesAt() {
    return expiresAt.plusMillis(withinMillis * (by.size() - 1L - walk));
  }

  /** Whether it was over at once, because those it asks are too few for its quorum. */
  public boolean hopeless() {
    return status == Status.EXPIRED && endedAt != null && endedAt.isBefore(expiresAt);
  }

  /** The same, over. */
  public Gate ended(Status how, Instant at, String whyOver) {
    return with(walk, why, expiresAt, how, at, whyOver, votes);
  }

  /** The same, with another reason to ask. */
  public Gate because(String reason) {
    return with(walk, reason, expiresAt, status, endedAt, endedWhy, votes);
  }

  /** The same, as it asks those of another walk. */
  public Gate onWalk(int other) {
    return onWalk(other, expiresAt);
  }

  /** The same, as it asks those of another walk until then. */
  Gate onWalk(int other, Instant until) {
    return with(other, why, until, status, endedAt, endedWhy, votes);
  }

  /** The same, with one vote more. */
  Gate with(Vote vote) {
    List<Vote> more = Stream.concat(votes.stream(), Stream.of(vote)).toList();
    return with(walk, why, expiresAt, status, endedAt, endedWhy, more);
  }

  private Gate with(
      int newWalk,
      String newWhy,
      Instant newExpiry,
      Status newStatus,
      @Nullable Instant newEnd,
      @Nullable String newEndedWhy,
      List<Vote> newVotes) {
    return new Gate(
        id,
        incidentId,
        runId,
        stepId,
        question,
        newWhy,
        plan,
        planHash,
        by,
        newWalk,
        quorum,
        withinMillis,
        openedAt,
        newExpiry,
        newStatus,
        newEnd,
        newEndedWhy,
        newVotes,
        terms);
  }

  /** This person's vote. */
  public Optional<Vote> voteOf(String person) {
    return votes.stream().filter(vote -> vote.person().equals(person)).findFirst();
  }
}
