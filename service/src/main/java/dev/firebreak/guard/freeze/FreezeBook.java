package dev.firebreak.guard.freeze;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** All freezes: those of the configuration, of calendars, and those made by people. Thread-safe. */
public final class FreezeBook {
  private final Supplier<List<Freeze>> written;
  private final Freezes made;

  /**
   * @param written those that nobody made while the service ran
   */
  public FreezeBook(Supplier<List<Freeze>> written, Freezes made) {
    this.written = written;
    this.made = made;
  }

  /**
   * A freeze that holds now.
   *
   * @param until when this time of it ends
   */
  public record InForce(Freeze freeze, Instant until) {}

  /** All that have not ended and are not over. */
  public List<Freeze> standing(Tx tx, Instant now) {
    List<Freeze> all = new ArrayList<>();
    written.get().stream()
        .filter(freeze -> freeze.span().over().map(now::isBefore).orElse(true))
        .forEach(all::add);
    all.addAll(made.standing(tx, now));
    return all;
  }

  /** Those that hold at this moment and are not lifted. */
  public List<InForce> inForce(Tx tx, Instant now) {
    List<Freeze> standing = standing(tx, now);
    if (standing.isEmpty()) {
      return List.of();
    }
    List<String> lifted = made.lifts(tx, now).stream().map(Freeze.Lift::freeze).toList();
    return standing.stream()
        .filter(freeze -> !lifted.contains(freeze.id()))
        .flatMap(
            freeze -> freeze.span().at(now).map(once -> new InForce(freeze, once.until())).stream())
        .toList();
  }

  /** A freeze that stands, by its id. */
  public Optional<Freeze> find(Tx tx, String id, Instant now) {
    return standing(tx, now).stream().filter(freeze -> freeze.id().equals(id)).findFirst();
  }

  /** What is lifted at this moment. */
  public List<Freeze.Lift> lifts(Tx tx, Instant now) {
    return made.lifts(tx, now);
  }
}
