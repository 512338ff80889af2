package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Tx;
import dev.firebreak.gate.Gate;
import dev.firebreak.guard.ChangeMarks;
import dev.firebreak.guard.Intent;
import dev.firebreak.guard.Intents;
import dev.firebreak.guard.Limits;
import dev.firebreak.guard.Locks;
import dev.firebreak.guard.Proposal;
import dev.firebreak.run.Run;
import dev.firebreak.run.RunEvent;
import dev.firebreak.runbook.LockMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Commits the intent of a change that was allowed, and takes its targets. */
final class Admission {
  private final Intents intents;
  private final Locks locks;
  private final Notes notes;
  private final Ids ids;
  private final Masking masking;

  Admission(Intents intents, Locks locks, Notes notes, Ids ids, Masking masking) {
    this.masking = masking;
    this.intents = intents;
    this.locks = locks;
    this.notes = notes;
    this.ids = ids;
  }

  /**
   * What the run is to hear.
   *
   * @param gate that approved the plan, or null when nobody had to
   * @param used what was used before of the limits that count it
   */
  RunEvent admit(
      Tx tx,
      Proposal proposal,
      Plan plan,
      @Nullable Gate gate,
      List<Limits.Used> used,
      Instant now) {
    Intent intent = intent(proposal, plan, gate, now);
    Run run = proposal.run();
    intents.add(tx, intent, ChangeMarks.of(run, proposal.runbook(), proposal.step()));
    plan.targets().stream()
        .filter(target -> locks.holder(tx, target).filter(run::calledBy).isEmpty())
        .forEach(target -> take(tx, proposal, target, now));
    Map<String, Object> answers = plan.answers() == null ? Map.of() : plan.answers();
    note(tx, run, intent, used, answered(plan, answers), now);
    return new RunEvent.Admitted(now, proposal.step(), intent.id(), answers);
  }

  private void take(Tx tx, Proposal proposal, String target, Instant now) {
    String run = proposal.run().id();
    if (proposal.lock() == LockMode.SUPERSEDE) {
      locks.supersede(tx, target, run, now);
    }
    locks.take(tx, target, run, now);
  }

  private Intent intent(Proposal proposal, Plan plan, @Nullable Gate gate, Instant now) {
    Run run = proposal.run();
    return new Intent(
        ids.next("int"),
        run.id(),
        proposal.step(),
        run.step(proposal.step()).attempt() + 1,
        run.runbook(),
        String.valueOf(plan.shown().get("action")),
        plan.targets(),
        plan.hash(),
        gate == null ? null : gate.id(),
        now,
        null,
        null);
  }

  /** What was filled in, and what became of the plan by it: the plan shows only the places. */
  private Map<String, Object> answered(Plan plan, Map<String, Object> answers) {
    return answers.isEmpty()
        ? Map.of()
        : masking.fields(Map.of("answers", answers, "params", plan.params()));
  }

  private void note(
      Tx tx,
      Run run,
      Intent intent,
      List<Limits.Used> used,
      Map<String, Object> answered,
      Instant now) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("intent", intent.id());
    data.put("targets", intent.targets());
    data.put("action", intent.action());
    data.put("plan", intent.plan());
    if (intent.gate() != null) {
      data.put("gate", intent.gate());
    }
    data.putAll(answered);
    if (!used.isEmpty()) {
      data.put("limits", used.stream().map(Admission::spent).toList());
    }
    notes.step(
        tx,
        run,
        intent.step(),
        now,
        Actor.ENGINE,
        "intent.committed",
        "decides to do %s to %s%s"
            .formatted(intent.step(), String.join(", ", intent.targets()), leaves(used)),
        data);
  }

  /** The limit that has the least left. */
  private static String leaves(List<Limits.Used> used) {
    return used.stream()
        .min(Comparator.comparingInt(it -> it.window().max() - it.used()))
        .map(
            it ->
                "; the limit of this %s leaves %d of %d within %s"
                    .formatted(
                        it.what().level().asText(),
                        it.window().max() - it.used() - 1,
                        it.window().max(),
                        Durations.text(it.window().per())))
        .map(text -> text.replace("this global", "all"))
        .orElse("");
  }

  /** What is left of a limit once this change is counted. */
  private static Map<String, Object> spent(Limits.Used before) {
    return Map.of(
        "level",
        before.what().level().asText(),
        "name",
        before.what().name(),
        "used",
        before.used() + 1,
        "max",
        before.window().max(),
        "per",
        Durations.text(before.window().per()),
        "left",
        before.window().max() - before.used() - 1);
  }
}
