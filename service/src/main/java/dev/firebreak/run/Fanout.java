package dev.firebreak.run;

import dev.firebreak.core.Reason;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.run.StepRun.Phase;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.run.StepState.Unknown;
import dev.firebreak.run.StepState.Waiting;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.Foreach;
import dev.firebreak.runbook.Rung;
import dev.firebreak.runbook.RungStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A step that goes over a list: so many items at once, wave by wave, until all are over or too many
 * have failed. Only items at work are steps of the run; the others are counted.
 */
final class Fanout {
  /** A list of more items than this is a mistake. */
  static final int MOST = 100_000;

  private static final Reason LISTED = new Reason("listed", "the list it goes over");
  private static final Reason NOT_PROVEN = new Reason("not-needed", "there is nothing to prove");

  private final Draft draft;
  private final RungStep step;
  private final Foreach each;
  private final String id;

  private Fanout(Draft draft, RungStep step, String id) {
    this.draft = draft;
    this.step = step;
    this.each = Objects.requireNonNull(step.foreach());
    this.id = id;
  }

  /** Works the list out, and keeps it: what changes later does not change it. */
  static void open(Draft draft, Foreach each, String id) {
    try {
      Object list = each.in().evaluate(RunModel.of(draft.run()));
      if (!(list instanceof List<?> items)) {
        draft.finish(id, End.FAILED, invalid("must be a list: " + each.in().source()));
      } else if (items.size() > MOST) {
        draft.finish(
            id, End.FAILED, invalid("has %d items, more than %d".formatted(items.size(), MOST)));
      } else if (items.isEmpty() && !each.mayBeEmpty()) {
        draft.finish(id, End.FAILED, empty(each));
      } else {
        draft.open(id);
        draft.add(
            new StepRun(
                id + "." + Address.LIST,
                Phase.READ,
                new Ended(End.SUCCEEDED, draft.now, LISTED),
                0,
                draft.now,
                Map.of("items", items)));
        draft.add(draft.step(id).with(Items.of(items.size(), 0)));
      }
    } catch (ExpressionException e) {
      draft.finish(id, End.FAILED, invalid("could not be worked out: " + e.getMessage()));
    }
  }

  private static Reason invalid(String what) {
    return new Reason("invalid-input", "the list of its foreach " + what);
  }

  private static Reason empty(Foreach each) {
    return new Reason(
        "empty-list",
        "the list of its foreach is empty: "
            + each.in().source()
            + "; if that is fine, say may_be_empty: true");
  }

  /** Begins what may begin, and ends the step with its last item. */
  static void advance(Draft draft, Rung rung, RungStep step, Optional<Reason> stop) {
    new Fanout(draft, step, step.in(rung)).advance(rung, stop);
  }

  private void advance(Rung rung, Optional<Reason> stopped) {
    Optional<Reason> stop = stopped.or(this::late);
    draft.run().itemsOf(id).forEach(item -> move(item, stop, rung));
    Stand stand = stand();
    Optional<Reason> end = stop.or(stand::no).or(() -> tooMany(stand));
    if (end.isEmpty() && !RungSteps.unknown(draft.run(), rung)) {
      begin(stand);
    }
    if (stand().working == 0 && (end.isPresent() || items().begun() == items().total())) {
      finish(end, stopped.isPresent() ? End.CANCELLED : End.FAILED);
    }
  }

  private Items items() {
    return Objects.requireNonNull(draft.step(id).items());
  }

  private void move(StepRun item, Optional<Reason> stop, Rung rung) {
    String proof = item.id() + ".verify";
    if (stop.isPresent() && RungSteps.mayBeWithdrawn(item)) {
      draft.withdraw(item.id(), End.CANCELLED, stop.get());
    } else if (Gathering.done(draft, item) && !RungSteps.unknown(draft.run(), rung)) {
      draft.propose(item.id());
    } else if (item.state() instanceof Unknown && step.verify() != null) {
      Object unused = Proof.decides(draft, item.id(), proof, step.verify());
    }
    if (step.verify() != null && draft.step(item.id()).ended()) {
      if (draft.step(item.id()).ended(End.SUCCEEDED)) {
        Object unused = Proof.spoken(draft, proof, step.verify());
      } else if (Planner.pending(draft.step(proof))
          || draft.step(proof).state() instanceof Waiting) {
        draft.finish(proof, End.SKIPPED, NOT_PROVEN);
      }
    }
  }

  /** How it stands: what is counted, and what is not counted yet. */
  private record Stand(
      int working, int ok, int failed, Optional<Reason> no, List<StepRun> faults) {}

  private Stand stand() {
    Items counted = items();
    int working = 0;
    int ok = counted.ok();
    Optional<Reason> no = counted.no();
    List<StepRun> faults = new ArrayList<>();
    for (StepRun item : draft.run().itemsOf(id)) {
      Optional<StepRun> proof = draft.find(item.id() + ".verify");
      if (!item.ended() || proof.filter(p -> !p.ended()).isPresent()) {
        working++;
      } else if (Items.worked(item, proof.orElse(null))) {
        ok++;
      } else {
        faults.add(item);
        no = no.or(() -> Items.no(item));
      }
    }
    return new Stand(working, ok, counted.failed() + faults.size(), no, faults);
  }

  private Optional<Reason> late() {
    return draft
        .deadline(draft.step(id))
        .filter(deadline -> !draft.now.isBefore(deadline))
        .map(deadline -> new Reason("deadline", "not all items were over by its deadline"));
  }

  private Optional<Reason> tooMany(Stand stand) {
    return stand.failed < each.stopAfter()
        ? Optional.empty()
        : Optional.of(
            new Reason(
                "too-many-errors",
                "%d of %d items failed, and stop_after is %d"
                    .formatted(stand.failed, items().total(), each.stopAfter())));
  }

  private void begin(Stand stand) {
    int working = stand.working;
    while (working < each.concurrency() && items().begun() < room(working)) {
      int number = items().begun();
      draft.add(draft.step(id).with(items().next()));
      begin(id + "[" + number + "]");
      working++;
    }
  }

  /** How many items may have begun: a wave waits for the one before. */
  private int room(int working) {
    Items items = items();
    int end = each.waveEnd(items.begun(), items.total());
    return items.begun() == end && working == 0
        ? each.waveEnd(items.begun() + 1, items.total())
        : end;
  }

  private void begin(String item) {
    draft.add(StepRun.pending(item, draft.step(id).phase()));
    if (step.verify() != null) {
      draft.add(StepRun.pending(item + ".verify", Phase.VERIFY));
    }
    if (step.changes()) {
      draft.propose(item);
    } else {
      Waits.begin(draft, item, step.step().call(), step.step().timeout());
    }
  }

  private void finish(Optional<Reason> end, End how) {
    Stand stand = stand();
    int total = items().total();
    int skipped = total - items().begun();
    List<Map<String, Object>> errors = new ArrayList<>(items().errors());
    stand.faults.stream()
        .map(item -> Items.error(item, draft.find(item.id() + ".verify").orElse(null)))
        .forEach(errors::add);
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("total", (long) total);
    output.put("ok", (long) stand.ok);
    output.put("failed", (long) stand.failed);
    output.put("skipped", (long) skipped);
    output.put("errors", errors.subList(0, Math.min(errors.size(), Items.ERRORS)));
    draft.add(draft.step(id).with(output));
    String rest = skipped == 0 ? "" : "; %d were skipped".formatted(skipped);
    draft.finish(
        id,
        end.isPresent() ? how : End.SUCCEEDED,
        end.map(why -> new Reason(why.code(), why.text() + rest))
            .orElseGet(
                () -> new Reason("done", "%d of %d items worked".formatted(stand.ok, total))));
  }
}
