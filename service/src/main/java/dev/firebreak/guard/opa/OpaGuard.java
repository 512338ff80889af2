package dev.firebreak.guard.opa;

import dev.firebreak.core.Durations;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.ChangeFacts;
import dev.firebreak.guard.Decision;
import dev.firebreak.guard.Guard;
import dev.firebreak.guard.Proposal;
import dev.firebreak.run.WaitFor;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks an Open Policy Agent of each change. A transaction waits for nobody: the change is held for
 * a moment while the agent is asked, and what it said counts for one decision, for a few seconds.
 * Who does not answer in time denies. What takes a change back is let through.
 */
public final class OpaGuard implements Guard {
  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration LATER = Duration.ofMillis(500);
  private static final Duration FRESH = Duration.ofSeconds(10);
  private static final int MANY = 1_000;

  private final OpaClient client;
  private final Map<Question, Asked> asked = new ConcurrentHashMap<>();

  /** Asks by this client. */
  public OpaGuard(OpaClient client) {
    this.client = client;
  }

  private record Question(String runId, String step, int attempt, List<String> targets) {}

  private record Asked(Instant at, CompletableFuture<Verdict> answer) {
    boolean old(Instant now) {
      return now.isAfter(at.plus(FRESH));
    }
  }

  @Override
  public String name() {
    return "opa";
  }

  @Override
  public Decision check(Tx tx, Proposal proposal, Instant now) {
    if (proposal.undo()) {
      return new Decision.Allow();
    }
    Question question =
        new Question(
            proposal.run().id(),
            proposal.step(),
            proposal.run().step(proposal.step()).attempt(),
            proposal.targets());
    Asked known = asked.get(question);
    if (known == null || known.old(now)) {
      return ask(tx, question, proposal, now);
    }
    Verdict verdict = known.answer().getNow(null);
    if (verdict == null && now.isBefore(known.at().plus(patience()))) {
      return hold(now, now.isBefore(known.at().plus(LATER)) ? SOON : LATER);
    }
    tx.afterCommit(() -> asked.remove(question, known));
    return answer(proposal, verdict);
  }

  /** A little more than the agent has: by then the client has given up by itself. */
  private Duration patience() {
    return client.settings().timeout().plus(LATER);
  }

  private Decision ask(Tx tx, Question question, Proposal proposal, Instant now) {
    Map<String, Object> input =
        ChangeFacts.of(
            proposal,
            proposal.targets().isEmpty() ? "" : proposal.targets().getFirst(),
            now,
            ZoneOffset.UTC);
    tx.afterCommit(
        () -> {
          if (asked.size() >= MANY) {
            asked.values().removeIf(other -> other.old(now));
          }
          asked.put(question, new Asked(now, client.ask(input)));
        });
    return hold(now, SOON);
  }

  private static Decision hold(Instant now, Duration rest) {
    return new Decision.Hold(
        WaitFor.TIMER,
        now.plus(rest),
        new Reason("opa-asked", "the policy agent is asked; it goes on when that has answered"));
  }

  private Decision answer(Proposal proposal, @Nullable Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allow allow -> new Decision.Allow();
      case Verdict.Ask ask ->
          new Decision.Ask(
              ask.by().isEmpty() ? proposal.approvers() : ask.by(),
              new Reason("opa-asks", "the policy agent asks: " + ask.why()));
      case Verdict.Deny deny ->
          new Decision.Deny(
              new Reason(
                  "opa-denies",
                  "the policy agent denies it: %s. To allow it, change its policy at %s and try the step again"
                      .formatted(deny.why(), client.settings().url())));
      case Verdict.Nonsense nonsense -> silent(nonsense.fault());
      case null -> silent("no answer within " + Durations.text(client.settings().timeout()));
    };
  }

  private Decision silent(String fault) {
    return new Decision.Deny(
        new Reason(
            "opa-silent",
            "the policy agent at %s gave no answer that counts, and without one nothing is changed: %s. Look at the agent, then try the step again, or take opa out of config.yml"
                .formatted(client.settings().url(), fault)));
  }
}
