package dev.firebreak.guard.freeze;

import dev.firebreak.calendar.CalendarFile;
import dev.firebreak.calendar.Span;
import dev.firebreak.core.Actor;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import dev.firebreak.expression.Cel;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.expression.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes freezes and ends them while the service runs. Thread-safe. */
public final class FreezeDesk {
  private static final int MOST = 500;
  private static final int HISTORY = 50;

  private final Ledger ledger;
  private final FreezeBook book;
  private final Freezes made;
  private final Ids ids;
  private final InstantSource clock;

  /** A desk on the freezes of a book; what it makes is kept in {@code made}. */
  public FreezeDesk(Ledger ledger, FreezeBook book, Freezes made, Ids ids, InstantSource clock) {
    this.ledger = ledger;
    this.book = book;
    this.made = made;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * A freeze somebody wants.
   *
   * @param scope a condition over {@link Scope#CHANGE}, or null for every change
   */
  public record Wish(
      String name,
      String reason,
      String owner,
      Span span,
      Freeze.Mode mode,
      @Nullable String scope) {}

  /**
   * How a freeze stands.
   *
   * @param held the time of it that holds now, or null
   * @param next the next time of it, or null
   * @param lift why it does not hold now although it would, or null
   */
  public record Standing(
      Freeze freeze,
      Span.@Nullable Once held,
      Span.@Nullable Once next,
      Freeze.@Nullable Lift lift) {}

  /**
   * What came of an order to end a freeze.
   *
   * @param until null when it is ended for good
   */
  public record Ended(Freeze freeze, @Nullable Instant until) {}

  /**
   * Makes a freeze.
   *
   * @throws IllegalArgumentException when the wish makes no sense, naming the field
   */
  public CompletableFuture<Freeze> make(Wish wish, Actor by) {
    Instant now = clock.instant();
    check(wish, now);
    Freeze freeze = freeze(wish, by, now);
    return ledger.commit(
        tx -> {
          if (made.standing(tx, now).size() >= MOST) {
            throw new IllegalArgumentException(
                "freezes: there are %d already; end some first".formatted(MOST));
          }
          made.add(tx, freeze);
          return freeze;
        });
  }

  /**
   * What came of a calendar.
   *
   * @param made new freezes
   * @param known those that stand already, as they are: to bring a calendar again adds nothing
   * @param over those whose time is over
   */
  public record Brought(List<Freeze> made, int known, int over) {}

  /**
   * Makes a freeze of each event of a calendar, all or none.
   *
   * @param text in the form of RFC 5545
   * @throws IllegalArgumentException naming the line and what is wrong with it
   */
  public CompletableFuture<Brought> bring(String text, FreezeCalendar.Terms terms, Actor by) {
    Instant now = clock.instant();
    List<Wish> all = CalendarFile.read(text, terms.zone()).stream().map(terms::wish).toList();
    List<Wish> ahead =
        all.stream()
            .filter(wish -> wish.span().over().filter(over -> !over.isAfter(now)).isEmpty())
            .toList();
    return ledger.commit(tx -> bring(tx, ahead, all.size() - ahead.size(), by, now));
  }

  private Brought bring(Tx tx, List<Wish> wishes, int over, Actor by, Instant now) {
    List<Freeze> standing = made.standing(tx, now);
    List<Wish> known = standing.stream().map(FreezeDesk::wish).toList();
    List<Freeze> fresh =
        wishes.stream()
            .filter(wish -> !known.contains(wish))
            .distinct()
            .map(wish -> freeze(wish, by, now))
            .toList();
    if (standing.size() + fresh.size() > MOST) {
      throw new IllegalArgumentException(
          "freezes: there would be %d; end some first, or leave out some of the calendar"
              .formatted(standing.size() + fresh.size()));
    }
    fresh.forEach(freeze -> made.add(tx, freeze));
    return new Brought(fresh, wishes.size() - fresh.size(), over);
  }

  private static Wish wish(Freeze freeze) {
    return new Wish(
        freeze.name(),
        freeze.reason(),
        freeze.owner(),
        freeze.span(),
        freeze.mode(),
        freeze.scope());
  }

  private Freeze freeze(Wish wish, Actor by, Instant now) {
    return new Freeze(
        ids.next("frz"),
        wish.name(),
        wish.reason(),
        wish.owner(),
        wish.span(),
        wish.mode(),
        wish.scope(),
        by.asText(),
        now,
        null);
  }

  private static void check(Wish wish, Instant now) {
    if (wish.span().over().filter(over -> !over.isAfter(now)).isPresent()) {
      throw new IllegalArgumentException("until: must be in the future");
    }
    checkScope(wish.scope());
  }

  /** Refuses a scope that is no condition on a change. */
  static void checkScope(@Nullable String scope) {
    try {
      if (scope != null) {
        Object unused = Cel.condition(scope, Scope.CHANGE);
      }
    } catch (ExpressionException e) {
      throw new IllegalArgumentException("scope: " + e.getMessage(), e);
    }
  }

  /**
   * Ends a freeze; one of the configuration or of a calendar is lifted until its present time is
   * over. Empty when there is none of this id, or nothing to end.
   */
  public CompletableFuture<Optional<Ended>> end(String id, Actor by, String reason) {
    Freeze.End end = new Freeze.End(by.asText(), clock.instant(), reason);
    return ledger.commit(tx -> end(tx, id, end));
  }

  private Optional<Ended> end(Tx tx, String id, Freeze.End end) {
    Optional<Freeze> found = book.find(tx, id, end.at());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Freeze freeze = found.get();
    if (!freeze.configured()) {
      return made.end(tx, id, end) ? Optional.of(new Ended(freeze, null)) : Optional.empty();
    }
    return freeze
        .span()
        .at(end.at())
        .map(
            once -> {
              made.lift(tx, new Freeze.Lift(id, once.until(), end));
              return new Ended(freeze, once.until());
            });
  }

  /** All freezes that stand, those that hold now first. */
  public List<Standing> list() {
    return ledger.read(this::list);
  }

  /** The same within a transaction. */
  public List<Standing> list(Tx tx) {
    Instant now = clock.instant();
    List<Freeze.Lift> lifts = book.lifts(tx, now);
    return book.standing(tx, now).stream()
        .map(freeze -> standing(freeze, lifts, now))
        .sorted(java.util.Comparator.comparing(it -> it.held() == null))
        .toList();
  }

  /** How one that was just made stands: nobody has lifted it yet. */
  public Standing standing(Freeze freeze) {
    return standing(freeze, List.of(), clock.instant());
  }

  private static Standing standing(Freeze freeze, List<Freeze.Lift> lifts, Instant now) {
    return new Standing(
        freeze,
        freeze.span().at(now).orElse(null),
        freeze.span().next(now).orElse(null),
        lifts.stream().filter(lift -> lift.freeze().equals(freeze.id())).findFirst().orElse(null));
  }

  /** What people made, newest first; also what is over. */
  public List<Freeze> history(Tx tx) {
    return made.history(tx, HISTORY);
  }
}
