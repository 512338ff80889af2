package dev.firebreak.run;

import dev.firebreak.core.Reason;
import dev.firebreak.run.StepState.End;
import dev.firebreak.run.StepState.Ended;
import dev.firebreak.runbook.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a step that goes over a list has come. Items that are over are no longer among the steps
 * of their run: they are counted here, so that a run with many items costs no more to move than one
 * with few. Immutable; two of them are equal only when they are the same.
 */
public final class Items {
  static final int ERRORS = 20;

  private final int total;
  private final int begun;
  private final Count over;
  private final List<Map<String, Object>> errors;
  private final @Nullable Done done;

  /** An item that was done and may have to be taken back, and those that were done before it. */
  private record Done(StepRun item, @Nullable Done before) {}

  /** How many worked, did not, and could not be taken back; and whether a human said no. */
  private record Count(int ok, int failed, int notUndone, Optional<Reason> no) {
    Count plus(StepRun item, boolean worked) {
      return worked
          ? new Count(ok + 1, failed, notUndone, no)
          : new Count(ok, failed + 1, notUndone, no.or(() -> Items.no(item)));
    }
  }

  private Items(
      int total, int begun, Count over, List<Map<String, Object>> errors, @Nullable Done done) {
    this.total = total;
    this.begun = begun;
    this.over = over;
    this.errors = errors;
    this.done = done;
  }

  /** A list of so many items, so many of which have begun. */
  static Items of(int total, int begun) {
    return new Items(total, begun, new Count(0, 0, 0, Optional.empty()), List.of(), null);
  }

  /** A list of which only the numbers are known: enough to tell of it, not to go on with it. */
  public static Items told(int total, int begun, int ok, int failed) {
    return new Items(total, begun, new Count(ok, failed, 0, Optional.empty()), List.of(), null);
  }

  /** How many items the list has. */
  public int total() {
    return total;
  }

  /** How many items have begun, in the order of the list. */
  public int begun() {
    return begun;
  }

  /** How many items are over and worked. */
  public int ok() {
    return over.ok;
  }

  /** How many items are over and did not work. */
  public int failed() {
    return over.failed;
  }

  /** Of how many items the undoing failed. */
  int notUndone() {
    return over.notUndone;
  }

  /** The word of a human, or the lack of it, after which nothing more begins. */
  Optional<Reason> no() {
    return over.no;
  }

  static Optional<Reason> no(StepRun item) {
    return item.state() instanceof Ended ended && Ladder.stops(ended.why())
        ? Optional.of(ended.why())
        : Optional.empty();
  }

  /** What went wrong, of the first few items that did not work. */
  List<Map<String, Object>> errors() {
    return errors;
  }

  /** One more item has begun. */
  Items next() {
    return new Items(total, begun + 1, over, errors, done);
  }

  /** An item is over: its change, and its proof if it has one. */
  Items over(StepRun item, @Nullable StepRun proof) {
    Done undoable = Rollback.happened(item) ? new Done(item, done) : done;
    boolean worked = worked(item, proof);
    return new Items(
        total, begun, over.plus(item, worked), worked ? errors : withError(item, proof), undoable);
  }

  /** An item was taken back, or could not be. */
  Items undone(StepRun undo) {
    return undo.ended(End.FAILED)
        ? new Items(
            total,
            begun,
            new Count(over.ok, over.failed, over.notUndone + 1, over.no),
            errors,
            done)
        : this;
  }

  /** The item that was done last and is not yet being taken back. */
  Optional<StepRun> last() {
    return Optional.ofNullable(done).map(Done::item);
  }

  /** The same without that item. */
  Items withoutLast() {
    return new Items(total, begun, over, errors, Objects.requireNonNull(done).before());
  }

  private List<Map<String, Object>> withError(StepRun item, @Nullable StepRun proof) {
    if (errors.size() >= ERRORS) {
      return errors;
    }
    List<Map<String, Object>> more = new ArrayList<>(errors);
    more.add(error(item, proof));
    return List.copyOf(more);
  }

  /** Whether an item did what it should. */
  static boolean worked(StepRun item, @Nullable StepRun proof) {
    return item.ended(End.SUCCEEDED) && (proof == null || proof.ended(End.SUCCEEDED));
  }

  /** What went wrong with an item. */
  static Map<String, Object> error(StepRun item, @Nullable StepRun proof) {
    StepRun fault = proof != null && item.ended(End.SUCCEEDED) ? proof : item;
    String why = fault.state() instanceof Ended ended ? ended.why().text() : "";
    return Map.of("item", (long) number(item.id()), "reason", why);
  }

  /** The place of an item in its list. */
  static int number(String id) {
    return Address.of(id).item();
  }
}
