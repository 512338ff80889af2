package dev.firebreak.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lets runs begin in the order they came, so many at once, and not in a {@link Rush}. So what came
 * first is done first, where all would end late if all were at work together. A run has its place
 * until it ends, but not for long: those that take their time do not keep the others out.
 * Thread-safe.
 */
final class StartLine {
  private static final Duration PLACE = Duration.ofSeconds(2);
  private static final Duration STANDS_BACK = Duration.ofSeconds(3);
  private static final long LOOK_MILLIS = 50;

  private final int places;
  private final Rush rush;
  private final ScheduledExecutorService alarms;
  private final InstantSource clock;
  private final Deque<Waiting> line = new ArrayDeque<>();
  private final Map<String, Instant> begun = new LinkedHashMap<>();
  private boolean looks;

  /**
   * @param places how many runs begin at once
   * @param alarms looks again while somebody waits
   */
  StartLine(int places, Rush rush, ScheduledExecutorService alarms, InstantSource clock) {
    this.places = places;
    this.rush = rush;
    this.alarms = alarms;
    this.clock = clock;
  }

  private record Waiting(String run, Instant since, Runnable begin) {}

  /** Calls {@code begin} once, now or later, when it is the turn of this run. */
  void enter(String run, Runnable begin) {
    synchronized (this) {
      line.add(new Waiting(run, clock.instant(), begin));
    }
    call();
  }

  /** A run has ended: its place is free. */
  void left(String run) {
    boolean free;
    synchronized (this) {
      free = begun.remove(run) != null && !line.isEmpty();
    }
    if (free) {
      call();
    }
  }

  /** What waits of a run begins at once: it was given up, and has to find that out. */
  void hurry(String run) {
    List<Runnable> called = new ArrayList<>();
    synchronized (this) {
      line.removeIf(waiting -> waiting.run().equals(run) && called.add(waiting.begin()));
    }
    called.forEach(Runnable::run);
  }

  /** How many attempts wait. */
  synchronized int waiting() {
    return line.size();
  }

  private void call() {
    called().forEach(Runnable::run);
  }

  private synchronized List<Runnable> called() {
    Instant now = clock.instant();
    begun.values().removeIf(since -> since.plus(PLACE).isBefore(now));
    List<Runnable> called = new ArrayList<>();
    for (Waiting first = line.peek(); first != null && may(first, now); first = line.peek()) {
      begun.putIfAbsent(first.run(), now);
      called.add(line.remove().begin());
    }
    if (!line.isEmpty() && !looks) {
      lookLater(called);
    }
    return called;
  }

  private boolean may(Waiting first, Instant now) {
    boolean stoodBack = !rush.on() || first.since().plus(STANDS_BACK).isBefore(now);
    return begun.containsKey(first.run()) || (begun.size() < places && stoodBack);
  }

  private void lookLater(List<Runnable> called) {
    try {
      Object unused = alarms.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      looks = true;
    } catch (RejectedExecutionException e) {
      // this process stops: each finds out by itself that it cannot begin
      line.forEach(waiting -> called.add(waiting.begin()));
      line.clear();
    }
  }

  private void look() {
    synchronized (this) {
      looks = false;
    }
    call();
  }
}
