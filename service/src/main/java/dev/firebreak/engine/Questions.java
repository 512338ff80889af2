package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Instants;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.gate.Gate;
import dev.firebreak.gate.GateDesk;
import dev.firebreak.gate.Terms;
import dev.firebreak.guard.Decision;
import dev.firebreak.guard.Limits;
import dev.firebreak.guard.Proposal;
import dev.firebreak.outbox.Outbox;
import dev.firebreak.run.Run;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.Approve;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens gates for changes, walks them on, ends them, and tells people. */
final class Questions {
  /** How long people have when the runbook does not say. */
  private static final Duration WITHIN = Duration.ofMinutes(15);

  private final Desks desks;
  private final Outbox outbox;
  private final Notes notes;
  private final Ids ids;

  Questions(Desks desks, Outbox outbox, Notes notes, Ids ids) {
    this.desks = desks;
    this.outbox = outbox;
    this.notes = notes;
    this.ids = ids;
  }

  /**
   * The gate that speaks for a step: the one it waited for, walked on if its time is over, or the
   * one that approved an earlier attempt.
   */
  Optional<Gate> standing(Tx tx, Run run, String step, @Nullable Waiting prior, Instant now) {
    if (prior != null && prior.gate() != null) {
      return desks.gates().find(tx, prior.gate()).map(gate -> walked(tx, run, step, gate, now));
    }
    if (run.step(step).attempt() == 0) {
      return Optional.empty();
    }
    return desks.intents().ofStep(tx, run.id(), step).stream()
        .flatMap(intent -> Optional.ofNullable(intent.gate()).stream())
        .reduce((first, last) -> last)
        .flatMap(gate -> desks.gates().find(tx, gate));
  }

  private Gate walked(Tx tx, Run run, String step, Gate gate, Instant now) {
    Gate next = desks.gateDesk().walk(tx, gate, now);
    if (next.status() == Gate.Status.EXPIRED && gate.status() == Gate.Status.OPEN) {
      note(tx, run, step, next, "gate.expired", "nobody decided in time", now);
      announce(tx, next, now);
    } else if (next.walk() > gate.walk()) {
      String people = String.join(", ", next.by().get(next.walk()));
      String text = "%s; now asks %s".formatted(soFar(next), people);
      note(tx, run, step, next, "gate.walked", text, now);
      announce(tx, next, now);
    }
    return next;
  }

  private static String soFar(Gate gate) {
    return gate.votes().isEmpty()
        ? "nobody decided in time"
        : "%d of %d approved in time".formatted(gate.votes().size(), gate.quorum());
  }

  private static Reason expired(Gate gate) {
    return gate.hopeless()
        ? new Reason("gate-unreachable", String.valueOf(gate.endedWhy()))
        : new Reason(
            "gate-expired",
            "nobody of %s decided in time, and a gate never opens by itself"
                .formatted(String.join(", ", gate.asked())));
  }

  /** Why a gate that is over forbids the change; empty when it does not. */
  static Optional<Reason> saidNo(Gate gate) {
    return switch (gate.status()) {
      case REJECTED -> Optional.of(new Reason("gate-rejected", String.valueOf(gate.endedWhy())));
      case EXPIRED -> Optional.of(expired(gate));
      case OPEN, APPROVED, VOID -> Optional.empty();
    };
  }

  /**
   * What people are to be asked.
   *
   * @param budget what is left of the rung's limit
   * @param asking the guards that ask
   */
  record Question(
      Proposal proposal, Plan plan, Limits.Budget budget, Decision.Ask ask, List<String> asking) {
    /** What the guards answered before stays answered. */
    Terms terms(Instant now) {
      Approve approve = proposal.rung().approve();
      List<String> guards = new ArrayList<>(proposal.answered());
      guards.addAll(asking);
      return new Terms(
          guards,
          approve == null ? Map.of() : barred(approve),
          approve == null || approve.notBefore().isZero() ? null : now.plus(approve.notBefore()));
    }

    private Map<String, String> barred(Approve approve) {
      Map<String, String> barred = new LinkedHashMap<>();
      approve.except().forEach(who -> barred.put(who, "the runbook excepts them"));
      if (approve.fourEyes()) {
        proposal
            .runbook()
            .authors()
            .forEach(
                who ->
                    barred.put(
                        who, "they wrote this version of the runbook, and it takes four eyes"));
      }
      Actor starter = Actor.parse(proposal.run().startedBy());
      if (approve.fourEyes() && starter.kind() == Actor.Kind.PERSON) {
        barred.put(starter.name(), "they started this run, and it takes four eyes");
      }
      return barred;
    }
  }

  Gate open(Tx tx, Question question, Instant now) {
    Proposal proposal = question.proposal();
    Plan plan = question.plan();
    Limits.Budget budget = question.budget();
    Decision.Ask ask = question.ask();
    Approve approve = proposal.rung().approve();
    Duration within = approve == null ? WITHIN : approve.within();
    List<List<String>> by = new ArrayList<>();
    by.add(ask.by());
    if (approve != null) {
      by.addAll(approve.then());
    }
    Map<String, Object> shown = new LinkedHashMap<>(plan.shown());
    shown.put("limit", Map.of("used", budget.used(), "max", budget.max(), "per", budget.per()));
    Run run = proposal.run();
    Gate gate =
        new Gate(
            ids.next("gate"),
            run.incidentId(),
            run.id(),
            proposal.step(),
            "May Firebreak do '%s' to %s?"
                .formatted(proposal.rung().name(), String.join(", ", plan.targets())),
            ask.why().text(),
            shown,
            plan.hash(),
            by,
            0,
            approve == null ? 1 : approve.quorum(),
            within.toMillis(),
            now,
            now.plus(within),
            Gate.Status.OPEN,
            null,
            null,
            List.of(),
            question.terms(now));
    Gate first = reachable(tx, gate, now);
    desks.gates().add(tx, first);
    opened(tx, run, first, now);
    return first;
  }

  /**
   * Those who can be asked at once: where the first are too few, the next, too; it is over at once
   * where all together are too few.
   */
  private Gate reachable(Tx tx, Gate gate, Instant now) {
    Gate asking = gate;
    Optional<String> lack = desks.gateDesk().lacks(tx, gate, now);
    String first = lack.orElse("");
    while (lack.isPresent() && asking.walk() < gate.by().size() - 1) {
      asking = asking.onWalk(asking.walk() + 1);
      lack = desks.gateDesk().lacks(tx, asking, now);
    }
    if (lack.isPresent()) {
      return asking.ended(Gate.Status.EXPIRED, now, lack.get() + "; nobody was asked");
    }
    String next = String.join(", ", asking.by().get(asking.walk()));
    return asking == gate
        ? gate
        : asking.because("%s. %s, so %s is asked at once".formatted(gate.why(), first, next));
  }

  private void opened(Tx tx, Run run, Gate gate, Instant now) {
    String step = gate.stepId();
    if (gate.status() != Gate.Status.OPEN) {
      note(tx, run, step, gate, "gate.expired", String.valueOf(gate.endedWhy()), now);
      return;
    }
    String people = String.join(", ", gate.asked());
    String text =
        "asks %s until %s: %s".formatted(people, Instants.text(gate.expiresAt()), gate.why());
    note(tx, run, step, gate, "gate.opened", text, now);
    for (int walk = 0; walk <= gate.walk(); walk++) {
      announce(tx, gate.onWalk(walk), now);
    }
  }

  private void announce(Tx tx, Gate gate, Instant now) {
    desks
        .announce()
        .apply(tx, gate)
        .forEach(message -> outbox.add(tx, message, gate.incidentId(), now));
  }

  /** Ends a gate that is still open. */
  void cancel(Tx tx, Run run, String step, Gate gate, Reason why, Instant now) {
    if (gate.status() == Gate.Status.OPEN) {
      desks.gateDesk().cancel(tx, gate.id(), why.text(), now);
      note(tx, run, step, gate, "gate.void", "the question is void: " + why.text(), now);
      desks.gates().find(tx, gate.id()).ifPresent(ended -> announce(tx, ended, now));
    }
  }

  /** Puts a vote on the record. */
  void voted(Tx tx, Run run, Gate gate, GateDesk.Word word, Instant now) {
    Map<String, Object> data = new LinkedHashMap<>(data(gate));
    data.put("approve", word.approve());
    data.put("reason", word.reason());
    data.put("way", word.way().name().toLowerCase(Locale.ROOT));
    Map<String, Object> answers = word.approve() ? gate.answers() : Map.of();
    if (!answers.isEmpty()) {
      data.put("answers", answers);
    }
    Optional<String> behalf = desks.gateDesk().behalf(gate, word);
    behalf.ifPresent(name -> data.put("for", name));
    notes.step(
        tx,
        run,
        gate.stepId(),
        now,
        Actor.person(word.person()),
        "gate.vote",
        "%s %s%s%s %s: %s"
            .formatted(
                word.person(),
                word.approve() ? "approves" : "rejects",
                behalf.map(name -> " for " + name).orElse(""),
                answers.isEmpty() ? "" : " with " + Plan.line(answers),
                word.way().inWords(),
                word.reason()),
        data);
    if (gate.status() != Gate.Status.OPEN) {
      note(
          tx,
          run,
          gate.stepId(),
          gate,
          "gate." + gate.status().asText(),
          String.valueOf(gate.endedWhy()),
          now);
      announce(tx, gate, now);
    }
  }

  private void note(Tx tx, Run run, String step, Gate gate, String kind, String text, Instant now) {
    notes.step(tx, run, step, now, Actor.ENGINE, kind, text, data(gate));
  }

  private static Map<String, Object> data(Gate gate) {
    return Map.of(
        "gate",
        gate.id(),
        "plan",
        gate.planHash(),
        "quorum",
        gate.quorum(),
        "asked",
        gate.asked(),
        "guards",
        gate.terms().guards());
  }
}
