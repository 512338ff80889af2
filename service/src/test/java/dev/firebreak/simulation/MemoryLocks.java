package dev.firebreak.simulation;

import dev.firebreak.core.Tx;
import dev.firebreak.guard.Locks;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Locks in memory, and the line before each. */
final class MemoryLocks implements Locks {
  private final Table<String> locks;
  private final Table<Place> line;

  MemoryLocks(Table<String> locks, Table<Place> line) {
    this.locks = locks;
    this.line = line;
  }

  /** One place in the line before a target. */
  record Place(
      long number,
      String target,
      Waiter waiter,
      Instant lookedAt,
      boolean supersedes,
      String supersededBy) {
    boolean stands() {
      return supersededBy.isEmpty();
    }
  }

  private static String key(String target, String runId) {
    return target + ' ' + runId;
  }

  @Override
  public Optional<String> holder(Tx tx, String written) {
    String target = written.toLowerCase(Locale.ROOT);
    return locks.get(tx, target);
  }

  @Override
  public Optional<String> ahead(Tx tx, String written, String runId, Instant now) {
    String target = written.toLowerCase(Locale.ROOT);
    Optional<String> holder = locks.get(tx, target);
    if (holder.isPresent()) {
      return holder.filter(run -> !run.equals(runId));
    }
    long mine = line.get(tx, key(target, runId)).map(Place::number).orElse(Long.MAX_VALUE);
    return first(tx, target, mine, now, it -> true).map(Waiter::runId);
  }

  @Override
  public Optional<String> aheadOfNewest(Tx tx, String written, String runId, Instant now) {
    String target = written.toLowerCase(Locale.ROOT);
    Optional<String> holder = locks.get(tx, target);
    if (holder.isPresent()) {
      return holder.filter(run -> !run.equals(runId));
    }
    long mine = line.get(tx, key(target, runId)).map(Place::number).orElse(Long.MAX_VALUE);
    return first(tx, target, mine, now, it -> !it.supersedes()).map(Waiter::runId);
  }

  @Override
  public Optional<String> newer(Tx tx, String written, String runId, Instant now) {
    String target = written.toLowerCase(Locale.ROOT);
    Optional<String> by =
        line.get(tx, key(target, runId)).map(Place::supersededBy).filter(it -> !it.isEmpty());
    return by.isPresent()
        ? by
        : line.rows(tx)
            .filter(it -> it.target().equals(target) && it.supersedes() && it.stands())
            .filter(it -> it.lookedAt().isAfter(now.minus(PATIENCE)))
            .map(it -> it.waiter().runId())
            .filter(run -> run.compareTo(runId) > 0)
            .max(Comparator.naturalOrder());
  }

  @Override
  public void supersede(Tx tx, String written, String runId, Instant now) {
    String target = written.toLowerCase(Locale.ROOT);
    Optional<Place> own = line.get(tx, key(target, runId));
    long best = own.map(Place::number).orElse(Long.MAX_VALUE);
    for (Place it : line.rows(tx).filter(it -> it.target().equals(target)).toList()) {
      boolean older = it.waiter().runId().compareTo(runId) < 0;
      if (older && it.supersedes() && it.stands()) {
        best = Math.min(best, it.number());
        line.put(
            tx,
            key(target, it.waiter().runId()),
            new Place(it.number(), target, it.waiter(), it.lookedAt(), true, runId));
      }
    }
    long place = best;
    own.ifPresent(
        it ->
            line.put(
                tx,
                key(target, runId),
                new Place(place, target, it.waiter(), it.lookedAt(), true, it.supersededBy())));
  }

  @Override
  public List<Claim> claims(Tx tx) {
    return Stream.concat(
            locks.all(tx).keySet().stream().map(target -> new Claim(target, true)),
            line.rows(tx).map(it -> new Claim(it.target(), false)))
        .distinct()
        .toList();
  }

  @Override
  public List<Line> lines(Tx tx, int most) {
    Map<String, String> held = locks.all(tx);
    return Stream.concat(held.keySet().stream(), line.rows(tx).map(Place::target))
        .distinct()
        .limit(most)
        .map(target -> new Line(target, held.get(target), null, places(tx, target)))
        .toList();
  }

  private List<Locks.Place> places(Tx tx, String target) {
    return line.rows(tx)
        .filter(it -> it.target().equals(target) && it.stands())
        .sorted(Comparator.comparingLong(Place::number))
        .map(
            it ->
                new Locks.Place(
                    it.waiter().runId(), it.waiter().stepId(), it.supersedes(), it.lookedAt()))
        .toList();
  }

  private Optional<Waiter> first(
      Tx tx, String target, long before, Instant now, Predicate<Place> counts) {
    return line.rows(tx)
        .filter(it -> it.stands() && counts.test(it))
        .filter(it -> it.target().equals(target) && it.number() < before)
        .filter(it -> it.lookedAt().isAfter(now.minus(PATIENCE)))
        .min(Comparator.comparingLong(Place::number))
        .map(Place::waiter);
  }

  @Override
  public void await(Tx tx, String written, String runId, String stepId, Instant now) {
    String target = written.toLowerCase(Locale.ROOT);
    String key = key(target, runId);
    long next = 1 + line.rows(tx).mapToLong(Place::number).max().orElse(0);
    Place was =
        line.get(tx, key)
            .orElse(new Place(next, target, new Waiter(runId, stepId), now, false, ""));
    line.put(
        tx,
        key,
        new Place(
            was.number(),
            target,
            new Waiter(runId, stepId),
            now,
            was.supersedes(),
            was.supersededBy()));
  }

  @Override
  public void take(Tx tx, String written, String runId, Instant at) {
    String target = written.toLowerCase(Locale.ROOT);
    line.remove(tx, key(target, runId));
    if (!locks.add(tx, target, runId) && !locks.get(tx, target).equals(Optional.of(runId))) {
      throw new IllegalStateException(
          "target '%s' is held by %s".formatted(written, locks.get(tx, target).orElse("?")));
    }
  }

  @Override
  public List<Waiter> release(Tx tx, String runId, Instant now) {
    line.rows(tx)
        .filter(it -> it.waiter().runId().equals(runId))
        .toList()
        .forEach(it -> line.remove(tx, key(it.target(), runId)));
    List<String> held =
        locks.all(tx).entrySet().stream()
            .filter(lock -> lock.getValue().equals(runId))
            .map(Map.Entry::getKey)
            .toList();
    held.forEach(target -> locks.remove(tx, target));
    return held.stream()
        .flatMap(target -> first(tx, target, Long.MAX_VALUE, now, it -> true).stream())
        .distinct()
        .toList();
  }
}
