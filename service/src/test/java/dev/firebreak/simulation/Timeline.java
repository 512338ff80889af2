package dev.firebreak.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Virtual time, and what happens in it: one thing after the other, ties broken by the dice. */
final class Timeline implements InstantSource {
  static final Instant START = Instant.parse("2026-01-05T12:00:00Z");

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::at)
              .thenComparingLong(Event::tie)
              .thenComparingLong(Event::number));
  private final Dice dice;
  private long now = START.toEpochMilli();
  private long count;
  private long number;

  Timeline(Dice dice) {
    this.dice = dice;
  }

  /**
   * Something that will happen.
   *
   * @param of the process it dies with, or null
   * @param moot whether it would change nothing any more
   */
  record Event(
      long at,
      long tie,
      long number,
      @Nullable Node of,
      String name,
      Runnable what,
      BooleanSupplier moot) {}

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  @Override
  public long millis() {
    return now;
  }

  /** How many things have happened. */
  long count() {
    return count;
  }

  void in(Duration delay, @Nullable Node of, String name, Runnable what) {
    in(Math.max(0, delay.toMillis()), of, name, what);
  }

  void in(long millis, @Nullable Node of, String name, Runnable what) {
    in(millis, of, name, what, () -> false);
  }

  void in(long millis, @Nullable Node of, String name, Runnable what, BooleanSupplier moot) {
    events.add(new Event(now + millis, dice.bits(), number++, of, name, what, moot));
  }

  /** What may happen, in the order it was asked for: for who wants to choose by himself. */
  List<Event> pending() {
    return events.stream()
        .filter(event -> event.of() == null || event.of().alive())
        .filter(event -> !event.moot().getAsBoolean())
        .sorted(Comparator.comparingLong(Event::number))
        .toList();
  }

  /** Takes this one out, whatever would come before it. */
  void take(Event event) {
    events.remove(event);
    now = Math.max(now, event.at());
    count++;
  }

  void leapTo(long at) {
    now = Math.max(now, at);
  }

  /** Lets time pass. */
  void leap(Duration length) {
    now += length.toMillis();
  }

  /** Takes the next thing out, moving the clock to it; null when nothing comes any more. */
  @Nullable Event next(long until) {
    for (Event event = events.peek(); event != null && event.at() <= until; event = events.peek()) {
      events.remove();
      Node of = event.of();
      if (of != null && of.alive() && of.frozenUntil() > event.at()) {
        events.add(
            new Event(
                of.frozenUntil(),
                event.tie(),
                event.number(),
                of,
                event.name(),
                event.what(),
                event.moot()));
        continue;
      }
      if (of == null || of.alive()) {
        now = Math.max(now, event.at());
        count++;
        return event;
      }
    }
    return null;
  }
}
