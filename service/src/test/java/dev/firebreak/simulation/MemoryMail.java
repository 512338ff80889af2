package dev.firebreak.simulation;

import dev.firebreak.cluster.Mail;
import dev.firebreak.core.Reason;
import dev.firebreak.core.Tx;
import dev.firebreak.run.RunEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Letters in memory. */
final class MemoryMail implements Mail {
  private final MemoryStore store;

  MemoryMail(MemoryStore store) {
    this.store = store;
  }

  private static String key(long place) {
    return "%012d".formatted(place);
  }

  @Override
  public long post(Tx tx, String runId, RunEvent event, String by, Instant now) {
    String place = store.nextPlace();
    long number = Long.parseLong(place);
    store.letters.insert(tx, place, new Letter(number, runId, event));
    return number;
  }

  private Predicate<Letter> live(Tx tx) {
    return letter ->
        store.runs.get(tx, letter.runId()).filter(run -> !run.status().ended()).isPresent();
  }

  @Override
  public List<Letter> of(Tx tx, String owner, int limit) {
    return store
        .letters
        .rows(tx)
        .filter(live(tx))
        .filter(it -> store.owners.get(tx, it.runId()).filter(owner::equals).isPresent())
        .limit(limit)
        .toList();
  }

  @Override
  public boolean take(Tx tx, long place) {
    store.letters.lock(tx, key(place));
    boolean there = lies(tx, place);
    if (there) {
      store.letters.remove(tx, key(place));
    }
    return there;
  }

  @Override
  public boolean lies(Tx tx, long place) {
    return store.letters.get(tx, key(place)).isPresent();
  }

  @Override
  public void refuse(Tx tx, long place, Reason why, Instant now) {
    store.refusals.insert(tx, key(place), new Refusal(place, why, now));
  }

  @Override
  public Optional<Reason> refusal(Tx tx, long place) {
    return store.refusals.get(tx, key(place)).map(Refusal::why);
  }

  /** Why a letter was not followed, and when that was found. */
  record Refusal(long place, Reason why, Instant at) {}

  @Override
  public int clear(Tx tx, Instant before) {
    store
        .refusals
        .rows(tx)
        .filter(refusal -> refusal.at().isBefore(before))
        .toList()
        .forEach(refusal -> store.refusals.remove(tx, key(refusal.place())));
    List<Letter> old = store.letters.rows(tx).filter(live(tx).negate()).toList();
    old.forEach(letter -> store.letters.remove(tx, key(letter.place())));
    return old.size();
  }
}
