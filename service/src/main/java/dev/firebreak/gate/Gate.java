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

  /** The same, over at once. */
  public Gate hopeless(Instant at, String whyOver) {
    return with(walk, why, Status.EXPIRED, at, whyOver);
  }

  /** The same, with another reason to ask. */
  public Gate because(String reason) {
    return with(walk, reason, status, endedAt, endedWhy);
  }

  /** The same, as it asks those of another walk. */
  public Gate onWalk(int other) {
    return with(other, why, status, endedAt, endedWhy);
  }

  private Gate with(
      int newWalk,
      String newWhy,
      Status newStatus,
      @Nullable Instant newEnd,
      @Nullable String newEndedWhy) {
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
        expiresAt,
        newStatus,
        newEnd,
        newEndedWhy,
        votes,
        terms);
  }

  /** This person's vote. */
  public Optional<Vote> voteOf(String person) {
    return votes.stream().filter(vote -> vote.person().equals(person)).findFirst();
  }
}
