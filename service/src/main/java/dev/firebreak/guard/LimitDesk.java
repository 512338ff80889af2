package dev.firebreak.guard;

import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.Counted.Level;
import dev.firebreak.guard.GuardSettings.Window;
import dev.firebreak.runbook.Address;
import dev.firebreak.runbook.Limit;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Runbooks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what is left of each limit now, and who has or waits for which target. Thread-safe. */
public final class LimitDesk {
  /** So many of the latest changes are looked at for what they count by. */
  private static final int LOOKED_AT = 500;

  private static final int MOST = 500;

  private final Ledger ledger;
  private final Intents intents;
  private final Locks locks;
  private final GuardSettings settings;
  private final Runbooks runbooks;
  private final InstantSource clock;

  public LimitDesk(
      Ledger ledger,
      Intents intents,
      Locks locks,
      GuardSettings settings,
      Runbooks runbooks,
      InstantSource clock) {
    this.ledger = ledger;
    this.intents = intents;
    this.locks = locks;
    this.settings = settings;
    this.runbooks = runbooks;
    this.clock = clock;
  }

  /**
   * How a limit stands.
   *
   * @param used changes within the window
   * @param free when there is room again; null when there is now
   */
  public record Standing(Counted what, int used, Window window, @Nullable Instant free) {
    /** How many more are allowed now. */
    public int left() {
      return Math.max(0, window.max() - used);
    }
  }

  /** {@link #limits(Tx)} by itself. */
  public List<Standing> limits() {
    return ledger.read(this::limits);
  }

  /** {@link #locks(Tx)} by itself. */
  public List<Locks.Line> locks() {
    return ledger.read(this::locks);
  }

  /**
   * Every limit of runbooks and teams there are, and of what was changed of late; of each level
   * those with the least left first.
   */
  public List<Standing> limits(Tx tx) {
    Instant now = clock.instant();
    return counted(tx, now).stream()
        .flatMap(what -> window(what).map(window -> standing(tx, what, window, now)).stream())
        .sorted(
            Comparator.comparing((Standing it) -> it.what().level())
                .reversed()
                .thenComparingInt(Standing::left)
                .thenComparing(it -> it.what().name()))
        .toList();
  }

  /** Who has which target, and who waits for it. */
  public List<Locks.Line> locks(Tx tx) {
    return locks.lines(tx, MOST);
  }

  private Set<Counted> counted(Tx tx, Instant now) {
    Set<Counted> all = new LinkedHashSet<>();
    all.add(new Counted.All());
    for (Runbook runbook : runbooks.current()) {
      all.add(new Counted.Book(runbook.name()));
      all.add(new Counted.Team(runbook.owner()));
    }
    all.addAll(intents.seen(tx, now.minus(longest()), LOOKED_AT));
    return all;
  }

  private Duration longest() {
    Stream<Duration> authors =
        runbooks.current().stream()
            .flatMap(runbook -> runbook.remediate().stream())
            .flatMap(rung -> Optional.ofNullable(rung.limit()).map(Limit::per).stream());
    return Stream.concat(Stream.of(settings.longest()), authors)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private Optional<Window> window(Counted what) {
    LimitRules others = settings.others();
    return switch (what) {
      case Counted.All all -> Optional.of(settings.global());
      case Counted.Book book ->
          Optional.of(others.of(Level.RUNBOOK, book.name()).orElse(settings.runbook()));
      case Counted.Fix fix -> own(fix);
      default -> others.of(what.level(), what.name());
    };
  }

  /** The author's limit; empty when the runbook, or the rung in it, is no more. */
  private Optional<Window> own(Counted.Fix fix) {
    return runbooks.current().stream()
        .filter(runbook -> runbook.name().equals(fix.runbook()))
        .filter(runbook -> !Address.of(fix.step()).undoes())
        .filter(runbook -> runbook.task(fix.step()).isPresent())
        .findFirst()
        .flatMap(runbook -> Optional.ofNullable(runbook.rungOf(fix.step()).limit()))
        .map(limit -> new Window(limit.max(), limit.per()));
  }

  private Standing standing(Tx tx, Counted what, Window window, Instant now) {
    Instant since = now.minus(window.per());
    int used = intents.count(tx, what, since);
    Instant free =
        used < window.max()
            ? null
            : intents
                .newest(tx, what, since, window.max())
                .map(at -> at.plus(window.per()))
                .orElse(null);
    return new Standing(what, used, window, free);
  }
}
