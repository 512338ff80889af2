package dev.firebreak.engine;

import dev.firebreak.run.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * So many changes of one kind of action may be at work at once, in this process. Whoever finds no
 * permit stands in line and is called when it is kept one: runs with the fewest at work first, and
 * of these the oldest, so that runs are finished rather than begun and a long list holds up nobody.
 * Thread-safe; calls from outside its lock.
 */
final class Permits {
  private static final Comparator<Party> IN_ORDER =
      Comparator.comparingInt((Party party) -> party.held)
          .thenComparing(party -> party.since)
          .thenComparing(party -> party.runId);

  private final int each;
  private final Consumer<Turn> caller;
  private final Map<String, Line> lines = new HashMap<>();

  /**
   * @param each how many there are for a kind of action, at least 1
   * @param caller told whose turn it is; has that step decided on, and says {@link Turn#over} then
   */
  Permits(int each, Consumer<Turn> caller) {
    this.each = each;
    this.caller = caller;
  }

  /** A step that was called: a permit is kept for it until it takes it, or its turn is over. */
  final class Turn {
    private final Line line;
    private final Party party;
    private final String step;

    private Turn(Line line, Party party, String step) {
      this.line = line;
      this.party = party;
      this.step = step;
    }

    String runId() {
      return party.runId;
    }

    String step() {
      return step;
    }

    /** What was kept for it and not taken goes to the next one. */
    void over() {
      List<Turn> next;
      synchronized (lines) {
        next = party.called.remove(step) ? back(line, party) : List.of();
      }
      next.forEach(caller);
    }
  }

  /** Leave to begin one change. */
  final class Permit {
    private final Line line;
    private final Party party;
    private final AtomicBoolean back = new AtomicBoolean();

    private Permit(Line line, Party party) {
      this.line = line;
      this.party = party;
    }

    /** Gives it to the next one; said twice, it counts once. */
    void giveBack() {
      if (back.compareAndSet(false, true)) {
        List<Turn> next;
        synchronized (lines) {
          next = back(line, party);
        }
        next.forEach(caller);
      }
    }
  }

  /** The permits of a kind of action, and who stands in line for them. */
  private static final class Line {
    private final Map<String, Party> parties = new HashMap<>();
    private final TreeSet<Party> waiting = new TreeSet<>(IN_ORDER);
    private int free;

    private Line(int free) {
      this.free = free;
    }
  }

  /** What a run has at work and in line, in one line. */
  private static final class Party {
    private final String runId;
    private final Instant since;
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Set<String> called = new HashSet<>();
    private int held;

    private Party(Run run) {
      this.runId = run.id();
      this.since = run.createdAt();
    }
  }

  int each() {
    return each;
  }

  /** How many are taken, or kept for who was called. */
  int inUse() {
    synchronized (lines) {
      return lines.values().stream().mapToInt(line -> each - line.free).sum();
    }
  }

  /** A permit for a step's next attempt; empty when there is none: it stands in line then. */
  Optional<Permit> take(String action, Run run, String step) {
    synchronized (lines) {
      Line line = lines.computeIfAbsent(action, kind -> new Line(each));
      Party party = line.parties.computeIfAbsent(run.id(), id -> new Party(run));
      if (party.called.remove(step)) {
        return Optional.of(new Permit(line, party));
      }
      if (line.free == 0) {
        party.waiting.add(step);
        line.waiting.add(party);
        return Optional.empty();
      }
      hold(line, party);
      return Optional.of(new Permit(line, party));
    }
  }

  private static void hold(Line line, Party party) {
    line.waiting.remove(party);
    party.held++;
    line.free--;
    if (!party.waiting.isEmpty()) {
      line.waiting.add(party);
    }
  }

  /** Who is to be called for the permit that came back. */
  private List<Turn> back(Line line, Party party) {
    line.waiting.remove(party);
    party.held--;
    line.free++;
    if (!party.waiting.isEmpty()) {
      line.waiting.add(party);
    } else if (party.held == 0) {
      line.parties.remove(party.runId, party);
    }
    return next(line);
  }

  private List<Turn> next(Line line) {
    List<Turn> next = new ArrayList<>();
    while (line.free > 0 && !line.waiting.isEmpty()) {
      Party first = line.waiting.getFirst();
      String step = first.waiting.iterator().next();
      first.waiting.remove(step);
      hold(line, first);
      first.called.add(step);
      next.add(new Turn(line, first, step));
    }
    return next;
  }
}
