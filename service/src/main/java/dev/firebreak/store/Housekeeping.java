package dev.firebreak.store;

import dev.firebreak.core.Ids;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.core.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is over and old. It goes through the ledger in small pieces, one at a time, so that
 * nobody waits for it longer than for a piece; it may be stopped after each, and goes on where it
 * was. Thread-safe.
 */
public final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final int KEYS = 50;

  private final Ledger ledger;
  private final RetentionSettings settings;
  private final Supplier<Duration> longestWindow;
  private final Removal removal;
  private volatile boolean stopped;

  /**
   * @param longestWindow of all limits and cool-downs in force: what they count is never removed
   */
  public Housekeeping(
      Database database, RetentionSettings settings, Supplier<Duration> longestWindow) {
    this.ledger = database.ledger();
    this.settings = settings;
    this.longestWindow = longestWindow;
    this.removal = new Removal(database.journal());
  }

  /**
   * What was removed.
   *
   * @param artifacts whose bytes were removed
   */
  public record Swept(long incidents, long artifacts, long deliveries, long alerts) {}

  /** Ends a sweep in progress after the piece at work. */
  public void stop() {
    stopped = true;
  }

  /** Removes all that is old by now. Takes time with what there is to remove. */
  public Swept sweep(Instant now) {
    try {
      finish();
      Instant counted = now.minus(longestWindow.get());
      long incidents = incidents(earlier(now.minus(settings.incidents()), counted), counted, now);
      long artifacts = pieces(now.minus(settings.artifacts()), "art", this::contents);
      Instant stale = earlier(now.minus(settings.deliveries()), counted);
      long deliveries = pieces(stale, "dlv", this::deliveries);
      Instant gone = earlier(now.minus(settings.incidents()), counted);
      long alerts = pieces(gone, "alr", (tx, span) -> unwanted(tx, span, gone));
      Swept swept = new Swept(incidents, artifacts, deliveries, alerts);
      if (!swept.equals(new Swept(0, 0, 0, 0))) {
        LOG.info("housekeeping: {}", swept);
      }
      return swept;
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreUnavailable trouble ? trouble : e;
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private long incidents(Instant old, Instant counted, Instant now) {
    long removed = remove(Ids.first("inc", old), old, now);
    Optional<String> tooMany = ask(sql -> sql.tooMany(settings.most()));
    if (tooMany.isPresent()) {
      removed += remove(tooMany.get() + '~', counted, now);
    }
    return removed;
  }

  /** Removes incidents with an id below {@code end} that were resolved before a moment. */
  private long remove(String end, Instant before, Instant now) {
    long removed = 0;
    String after = "";
    while (!stopped) {
      String from = after;
      List<String> over = ask(sql -> sql.over(from, end, before, KEYS));
      if (over.isEmpty()) {
        break;
      }
      for (String incident : over) {
        if (!stopped && ledger.commit(tx -> removal.remove(tx, incident, before, now)).join()) {
          finish();
          removed++;
        }
      }
      after = over.getLast();
    }
    return removed;
  }

  /** Finishes the removals that were begun. */
  private void finish() {
    for (Optional<String> begun = ask(RetentionSql::begun);
        begun.isPresent() && !stopped;
        begun = ask(RetentionSql::begun)) {
      String incident = begun.get();
      boolean more = true;
      while (more && !stopped) {
        more = ledger.commit(tx -> removal.goOn(tx, incident)).join();
      }
    }
  }

  /** The ids after one and before another. */
  private record Span(String after, String end) {}

  /** Removes rows piece by piece; a piece is found and removed in one transaction. */
  private long pieces(Instant before, String prefix, BiFunction<Tx, Span, List<String>> piece) {
    long removed = 0;
    String end = Ids.first(prefix, before);
    String after = "";
    while (!stopped) {
      Span span = new Span(after, end);
      List<String> some = ledger.commit(tx -> piece.apply(tx, span)).join();
      removed += some.size();
      if (some.size() < KEYS) {
        break;
      }
      after = some.getLast();
    }
    return removed;
  }

  private List<String> contents(Tx tx, Span span) {
    List<String> some = sql(tx).contents(span.after(), span.end(), KEYS);
    sql(tx).contents(some);
    return some;
  }

  private List<String> deliveries(Tx tx, Span span) {
    List<String> some = sql(tx).deliveries(span.after(), span.end(), KEYS);
    sql(tx).deliveries(some);
    return some;
  }

  private List<String> unwanted(Tx tx, Span span, Instant before) {
    List<String> some = sql(tx).unwanted(span.after(), span.end(), before, KEYS);
    sql(tx).groups(some);
    sql(tx).unwanted(some);
    return some;
  }

  private <T> T ask(Function<RetentionSql, T> question) {
    return ledger.read(tx -> question.apply(sql(tx)));
  }

  private static RetentionSql sql(Tx tx) {
    return StoreTx.sql(tx, RetentionSql.class);
  }
}
