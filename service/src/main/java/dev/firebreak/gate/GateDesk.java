package dev.firebreak.gate;

import dev.firebreak.core.Instants;
import dev.firebreak.core.Masker;
import dev.firebreak.core.Tx;
import dev.firebreak.gate.Gate.Status;
import dev.firebreak.gate.GateRefused.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Takes votes and walks expired gates on. Fails closed: who is not asked cannot answer, who
 * answered cannot answer again, the first rejection is final, and no time opens a gate.
 * Thread-safe.
 */
public final class GateDesk {
  private final Gates gates;
  private final String anyone;
  private final AnswerCheck answers;
  private final Electorate electorate;

  /**
   * @param anyone the name in {@link Gate#by} that stands for everybody who may approve at all
   * @param masker no answer is kept that holds a secret it knows
   */
  public GateDesk(Gates gates, String anyone, Masker masker) {
    this(gates, anyone, masker, Electorate.UNKNOWN);
  }

  /** The same, which knows who can answer for whom. */
  public GateDesk(Gates gates, String anyone, Masker masker, Electorate electorate) {
    this.gates = gates;
    this.anyone = anyone;
    this.answers = new AnswerCheck(masker);
    this.electorate = electorate;
  }

  /** Why those asked up to this walk can never be as many as it wants; empty when they can. */
  public Optional<String> lacks(Tx tx, Gate gate, Instant now) {
    return gate.asked().contains(anyone)
        ? Optional.empty()
        : electorate.lacks(tx, gate.asked(), gate.quorum(), gate.terms().barred(), now);
  }

  /**
   * One person's word on a gate.
   *
   * @param answers what they filled in; JSON values, texts may stand for numbers and flags
   * @param way how it came in
   */
  public record Word(
      String gateId,
      String planHash,
      String person,
      Set<String> teams,
      boolean approve,
      String reason,
      Map<String, Object> answers,
      Way way) {
    /** A word without answers, by the API. */
    public Word(
        String gateId,
        String planHash,
        String person,
        Set<String> teams,
        boolean approve,
        String reason) {
      this(gateId, planHash, person, teams, approve, reason, Map.of(), Way.API);
    }
  }

  /**
   * Counts a vote.
   *
   * @return the gate as it is then: still open when the quorum is not reached
   * @throws GateRefused when the vote does not count; nothing was written
   */
  public Gate decide(Tx tx, Word word, Instant now) {
    Gate gate =
        gates
            .hold(tx, word.gateId())
            .orElseThrow(() -> new GateRefused(Kind.UNKNOWN, "there is no gate " + word.gateId()));
    check(gate, word, now);
    Gate.Vote vote =
        new Gate.Vote(word.person(), word.approve(), word.reason(), now, answers.of(gate, word));
    if (!gates.vote(tx, gate.id(), vote)) {
      throw again(gate, word);
    }
    Gate voted = gate.with(vote);
    long yes = voted.votes().stream().filter(Gate.Vote::approve).count();
    if (!word.approve()) {
      return end(tx, voted, Status.REJECTED, word.person() + " rejected: " + word.reason(), now);
    }
    return yes >= gate.quorum()
        ? end(tx, voted, Status.APPROVED, "approved by " + names(voted), now)
        : voted;
  }

  /**
   * Approves a gate on one person's word, whoever is asked; that this person may is the caller's to
   * know.
   *
   * @throws GateRefused when it is not open, or the plan is not the one that was seen
   */
  public Gate breakGlass(Tx tx, Word word, Instant now) {
    Gate gate =
        gates
            .hold(tx, word.gateId())
            .orElseThrow(() -> new GateRefused(Kind.UNKNOWN, "there is no gate " + word.gateId()));
    open(gate, word, now);
    seen(gate, word);
    Gate.Vote vote = new Gate.Vote(word.person(), true, word.reason(), now, answers.of(gate, word));
    Gate voted = gates.vote(tx, gate.id(), vote) ? gate.with(vote) : gate;
    String why = "%s broke the glass: %s".formatted(word.person(), word.reason());
    return end(tx, voted, Status.APPROVED, why, now);
  }

  private void check(Gate gate, Word word, Instant now) {
    open(gate, word, now);
    if (seat(gate, word).isEmpty()) {
      throw new GateRefused(
          Kind.NOT_ASKED,
          "%s is not asked; this gate asks %s"
              .formatted(word.person(), String.join(", ", gate.asked())));
    }
    gate.terms()
        .bars(word.person())
        .ifPresent(
            why -> {
              throw new GateRefused(
                  Kind.NOT_ASKED,
                  "%s may not decide this: %s. Somebody else of %s has to"
                      .formatted(word.person(), why, String.join(", ", gate.asked())));
            });
    if (word.approve() && gate.terms().early(now)) {
      throw new GateRefused(
          Kind.CONFLICT,
          "nobody approves this before %s, so that it is thought over; a rejection counts at once"
              .formatted(Instants.text(Objects.requireNonNull(gate.terms().notBefore()))));
    }
    seen(gate, word);
    if (gate.voteOf(word.person()).isPresent()) {
      throw again(gate, word);
    }
  }

  private static void open(Gate gate, Word word, Instant now) {
    if (gate.status() != Status.OPEN) {
      throw late(gate);
    }
    if (!now.isBefore(gate.expiresAt()) && gate.walk() == gate.by().size() - 1) {
      throw new GateRefused(Kind.OVER, "this gate expired at " + Instants.text(gate.expiresAt()));
    }
    if (word.reason().isBlank()) {
      throw new GateRefused(Kind.CONFLICT, "a decision needs a reason");
    }
  }

  private static void seen(Gate gate, Word word) {
    if (!gate.planHash().equals(word.planHash())) {
      throw new GateRefused(
          Kind.CONFLICT, "the plan is not the one you saw; look at it again and decide then");
    }
  }

  /** As whom a person decides: as themselves, for a team, on call, in somebody's place. */
  private Optional<String> seat(Gate gate, Word word) {
    return Stream.concat(Stream.of(word.person(), anyone), word.teams().stream())
        .filter(gate.asked()::contains)
        .findFirst();
  }

  /** Whom a person decides for; empty when for themselves. */
  public Optional<String> behalf(Gate gate, Word word) {
    return seat(gate, word).filter(name -> !name.equals(word.person()) && !name.equals(anyone));
  }

  private static GateRefused again(Gate gate, Word word) {
    return new GateRefused(
        Kind.CONFLICT,
        "%s has voted already; %d distinct people are needed"
            .formatted(word.person(), gate.quorum()));
  }

  private static String names(Gate gate) {
    return String.join(", ", gate.votes().stream().map(Gate.Vote::person).toList());
  }

  /**
   * Walks a gate whose time is over to the next people, or ends it; others are left as they are.
   */
  public Gate walk(Tx tx, Gate gate, Instant now) {
    if (gate.status() != Status.OPEN || now.isBefore(gate.expiresAt())) {
      return gate;
    }
    if (gate.walk() == gate.by().size() - 1) {
      return moved(tx, gate.ended(Status.EXPIRED, now, "nobody decided in time"));
    }
    return moved(tx, gate.onWalk(gate.walk() + 1, now.plusMillis(gate.withinMillis())));
  }

  /** Somebody who decided on another node meanwhile was first. */
  private Gate moved(Tx tx, Gate next) {
    return gates.save(tx, next) ? next : gates.find(tx, next.id()).orElseThrow();
  }

  /**
   * Ends an open gate without an answer: the plan or the alert changed, or the run was cancelled.
   */
  public void cancel(Tx tx, String gateId, String why, Instant now) {
    gates
        .find(tx, gateId)
        .filter(gate -> gate.status() == Status.OPEN)
        .ifPresent(gate -> moved(tx, gate.ended(Status.VOID, now, why)));
  }

  private Gate end(Tx tx, Gate gate, Status status, String why, Instant now) {
    Gate over = gate.ended(status, now, why);
    if (!gates.save(tx, over)) {
      throw late(gates.find(tx, gate.id()).orElse(gate));
    }
    return over;
  }

  private static GateRefused late(Gate gate) {
    return new GateRefused(Kind.OVER, "this gate is " + gate.outcome());
  }
}
