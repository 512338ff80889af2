package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.gate.Review;
import dev.firebreak.gate.Reviews;
import dev.firebreak.guard.Herald;
import dev.firebreak.guard.Warning;
import dev.firebreak.run.Incident;
import dev.firebreak.run.Incidents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Lets a few people answer a gate alone when nobody else is there: with a reason, loudly, and with
 * a review that somebody else has to close. Thread-safe.
 */
public final class GlassDesk {
  private static final Duration AGAIN = Duration.ofHours(24);
  private static final int MOST = 200;

  private final Ledger ledger;
  private final GateDesk gates;
  private final Reviews reviews;
  private final Incidents incidents;
  private final Herald herald;
  private final Decided decided;
  private final Set<String> who;
  private final Ids ids;
  private final InstantSource clock;

  /** What it works with. */
  public record Ports(
      GateDesk gates, Reviews reviews, Incidents incidents, Herald herald, Decided decided) {}

  /** Follows up a gate that was decided here. Thread-safe. */
  @FunctionalInterface
  public interface Decided {
    /** Within a transaction: those who were asked are told, and its step looks again. */
    void decided(Tx tx, Gate gate, Instant now);
  }

  /**
   * A desk.
   *
   * @param who the people and teams who may; empty means nobody
   */
  public GlassDesk(Ledger ledger, Ports ports, Set<String> who, Ids ids, InstantSource clock) {
    this.ledger = ledger;
    this.gates = ports.gates();
    this.reviews = ports.reviews();
    this.incidents = ports.incidents();
    this.herald = ports.herald();
    this.decided = ports.decided();
    this.who = Set.copyOf(who);
    this.ids = ids;
    this.clock = clock;
  }

  /** Whether this person may. */
  public boolean may(String person, Set<String> teams) {
    return who.contains(person) || teams.stream().anyMatch(who::contains);
  }

  /**
   * Approves a gate alone, whoever is asked. Only for gates: what a guard denies stays denied.
   *
   * @return fails with {@link OrderRefused} when this person may not, or the gate is not open
   */
  public CompletableFuture<Gate> breakGlass(GateDesk.Word word) {
    if (!may(word.person(), word.teams())) {
      return CompletableFuture.failedFuture(
          new OrderRefused(
              OrderRefused.Kind.FORBIDDEN,
              who.isEmpty()
                  ? "nobody may break the glass here: name people or teams in breakGlass.by"
                  : "%s may not break the glass; breakGlass.by names %s"
                      .formatted(word.person(), String.join(", ", who))));
    }
    return ledger.commit(tx -> broken(tx, word, clock.instant()));
  }

  private Gate broken(Tx tx, GateDesk.Word word, Instant now) {
    Gate gate = GateOrders.counted(() -> gates.breakGlass(tx, word, now));
    Review review =
        new Review(
            ids.next("rev"),
            gate.id(),
            gate.incidentId(),
            gate.runId(),
            gate.stepId(),
            word.person(),
            word.reason(),
            now,
            now,
            null);
    reviews.add(tx, review);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("gate", gate.id());
    data.put("review", review.id());
    data.put("asked", gate.asked());
    Map<String, Object> answers = gate.answers();
    if (!answers.isEmpty()) {
      data.put("answers", answers);
    }
    String with = answers.isEmpty() ? "" : " with " + Plan.line(answers);
    String text = "%s breaks the glass%s: %s".formatted(word.person(), with, word.reason());
    Actor by = Actor.person(word.person());
    herald.note(tx, gate.incidentId(), gate.runId(), by, "gate.glass_broken", text, data, now);
    warn(tx, review, review.id(), now);
    decided.decided(tx, gate, now);
    return gate;
  }

  private void warn(Tx tx, Review review, String key, Instant now) {
    String owner =
        incidents.find(tx, review.incidentId()).map(Incident::owner).orElse(review.person());
    String text =
        "%s broke the glass at %s and allowed step '%s' of %s alone: %s. Somebody else has to look at it and say what they found"
            .formatted(
                review.person(),
                review.brokenAt(),
                review.stepId(),
                review.runId(),
                review.reason());
    herald.warn(
        tx,
        new Warning(
            key,
            review.incidentId(),
            owner,
            "Glass broken by " + review.person(),
            text,
            "/reviews"),
        now);
  }

  /** Those that are open, oldest first. */
  public List<Review> open(Tx tx) {
    return reviews.open(tx, MOST);
  }

  /** All, newest first. */
  public List<Review> newest(Tx tx) {
    return reviews.newest(tx, MOST);
  }

  /** Those of a run. */
  public List<Review> ofRun(Tx tx, String runId) {
    return reviews.ofRun(tx, runId);
  }

  /**
   * Closes a review with what somebody found.
   *
   * @return fails with {@link OrderRefused} when it is that person's own, or not open
   */
  public CompletableFuture<Review> close(String id, String person, String finding) {
    return ledger.commit(
        tx -> {
          Review review =
              reviews
                  .find(tx, id)
                  .orElseThrow(
                      () ->
                          new OrderRefused(
                              OrderRefused.Kind.NOT_FOUND, "there is no review " + id));
          if (review.person().equals(person)) {
            throw new OrderRefused(
                OrderRefused.Kind.FORBIDDEN,
                person + " broke the glass: somebody else has to close the review");
          }
          return closed(tx, review, new Review.End(person, clock.instant(), finding));
        });
  }

  private Review closed(Tx tx, Review review, Review.End end) {
    if (!reviews.close(tx, review.id(), end)) {
      throw new OrderRefused(
          OrderRefused.Kind.GONE, "this review is closed already; see it at /reviews");
    }
    herald.note(
        tx,
        review.incidentId(),
        review.runId(),
        Actor.person(end.by()),
        "review.closed",
        "%s closes the review of the glass %s broke: %s"
            .formatted(end.by(), review.person(), end.finding()),
        Map.of("review", review.id(), "gate", review.gateId()),
        end.at());
    return reviews.find(tx, review.id()).orElseThrow();
  }

  /** Tells people again of reviews that are open for a day, and each day after. */
  public void look() {
    Object unused =
        ledger
            .commit(
                tx -> {
                  Instant now = clock.instant();
                  List<Review> due =
                      reviews.open(tx, MOST).stream()
                          .filter(review -> !now.isBefore(review.askedAt().plus(AGAIN)))
                          .toList();
                  due.forEach(
                      review -> {
                        warn(tx, review, review.id() + "/" + now.getEpochSecond(), now);
                        reviews.asked(tx, review.id(), now);
                      });
                  return due.size();
                })
            .join();
  }
}
