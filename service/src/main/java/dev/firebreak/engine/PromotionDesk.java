package dev.firebreak.engine;

import dev.firebreak.core.Actor;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import dev.firebreak.guard.promotion.Promotion;
import dev.firebreak.guard.promotion.PromotionSettings;
import dev.firebreak.guard.promotion.Promotions;
import dev.firebreak.guard.promotion.Rehearsed;
import dev.firebreak.run.Journal;
import dev.firebreak.run.JournalEntry.Note;
import dev.firebreak.runbook.Runbook;
import dev.firebreak.runbook.Runbooks;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Promotes versions of runbooks, withdraws that, and shows what they rehearsed. Every word is in
 * the journal of the site: there is no incident it belongs to. Thread-safe.
 */
public final class PromotionDesk {
  /** So much of a version is wanted at least. */
  public static final int SHORT = 12;

  private static final String SITE = "site";
  private static final int SHOWN = 20;

  private final Parts parts;
  private final PromotionSettings settings;
  private final InstantSource clock;

  /** What it works with. */
  public record Parts(Ledger ledger, Promotions promotions, Runbooks runbooks, Journal journal) {}

  /** A desk of these settings. */
  public PromotionDesk(Parts parts, PromotionSettings settings, InstantSource clock) {
    this.parts = parts;
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether a version makes changes. */
  public enum State {
    /** It does, and needs no promotion. */
    FREE,
    /** It does, because somebody said so. */
    PROMOTED,
    /** It does everything but its changes. */
    REHEARSING;

    /** {@code rehearsing}, as JSON writes it. */
    public String asText() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How a version stands.
   *
   * @param said the last word on it, or null when there is none
   * @param tally how much it rehearsed, or null when it did not
   * @param rehearsed the last changes it did not make, newest first
   */
  public record Standing(
      String runbook,
      String version,
      State state,
      @Nullable Promotion said,
      Rehearsed.@Nullable Tally tally,
      List<Rehearsed> rehearsed) {}

  /**
   * Who wants it, and what they have seen.
   *
   * @param seen the version, or its first {@value #SHORT} characters at least
   */
  public record Word(String runbook, String seen, String person, Set<String> teams, String reason) {
    public Word {
      teams = Set.copyOf(teams);
      seen = seen.toLowerCase(Locale.ROOT);
    }

    private boolean means(String version) {
      return version.equals(seen) || (seen.length() >= SHORT && version.startsWith(seen));
    }
  }

  /** How a version stands, and what it rehearsed. */
  public Standing standing(Tx tx, Runbook book) {
    Optional<Promotion> said = parts.promotions().last(tx, book.version());
    return new Standing(
        book.name(),
        book.version(),
        state(book, said),
        said.orElse(null),
        parts.promotions().tally(tx, book.version()).orElse(null),
        parts.promotions().rehearsals(tx, book.version(), SHOWN));
  }

  /** The same outside a transaction. */
  public Standing standing(Runbook book) {
    return parts.ledger().read(tx -> standing(tx, book));
  }

  /** How these versions stand, by the name of the runbook. */
  public Map<String, State> states(Tx tx, List<Runbook> books) {
    if (!settings.required()) {
      return books.stream().collect(Collectors.toMap(Runbook::name, book -> State.FREE));
    }
    Map<String, Promotion> said =
        parts.promotions().standing(tx).stream()
            .collect(Collectors.toMap(Promotion::version, word -> word));
    return books.stream()
        .collect(
            Collectors.toMap(
                Runbook::name, book -> state(book, Optional.ofNullable(said.get(book.version())))));
  }

  /** The same outside a transaction. */
  public Map<String, State> states(List<Runbook> books) {
    return parts.ledger().read(tx -> states(tx, books));
  }

  private State state(Runbook book, Optional<Promotion> said) {
    if (!settings.concerns(book.name())) {
      return State.FREE;
    }
    return said.filter(Promotion::promoted).isPresent() ? State.PROMOTED : State.REHEARSING;
  }

  /** Whether this person may promote that version. */
  public boolean may(Runbook book, String person, Set<String> teams) {
    return against(book, person, teams).isEmpty();
  }

  private Optional<String> against(Runbook book, String person, Set<String> teams) {
    if (!settings.names(person, teams)) {
      return Optional.of(
          "%s may not promote; promotion.by names %s"
              .formatted(person, String.join(", ", settings.by())));
    }
    return settings.fourEyes() && book.authors().contains(person)
        ? Optional.of(
            "%s wrote this version of '%s': somebody else has to promote it"
                .formatted(person, book.name()))
        : Optional.empty();
  }

  /**
   * Has the version in force make changes from now on; nothing happens when it does.
   *
   * @return fails with {@link OrderRefused} when this person may not, or the version is not the one
   *     they have seen
   */
  public CompletableFuture<Standing> promote(Word word) {
    return parts
        .ledger()
        .commit(
            tx -> {
              Runbook book = book(word);
              if (!word.means(book.version())) {
                throw new OrderRefused(
                    OrderRefused.Kind.CONFLICT,
                    "'%s' is at version %s by now: look at it again before you promote it"
                        .formatted(book.name(), shortened(book.version())));
              }
              against(book, word.person(), word.teams())
                  .ifPresent(
                      why -> {
                        throw new OrderRefused(OrderRefused.Kind.FORBIDDEN, why);
                      });
              say(tx, word, book.version(), true);
              return standing(tx, book);
            });
  }

  /**
   * Has a version rehearse again: the one in force, or one of before whose runs still live. What
   * one of its runs has half done goes on.
   *
   * @return fails with {@link OrderRefused} when there is no such version that was promoted
   */
  public CompletableFuture<Standing> withdraw(Word word) {
    return parts
        .ledger()
        .commit(
            tx -> {
              Runbook book = book(word);
              String version =
                  parts.promotions().history(tx, book.name(), 1_000).stream()
                      .map(Promotion::version)
                      .filter(word::means)
                      .findFirst()
                      .orElseThrow(
                          () ->
                              new OrderRefused(
                                  OrderRefused.Kind.CONFLICT,
                                  "version %s of '%s' was not promoted"
                                      .formatted(word.seen(), book.name())));
              say(tx, word, version, false);
              return standing(tx, book);
            });
  }

  private static String shortened(String version) {
    return version.substring(0, Math.min(SHORT, version.length()));
  }

  private Runbook book(Word word) {
    return parts
        .runbooks()
        .current(word.runbook())
        .orElseThrow(
            () ->
                new OrderRefused(
                    OrderRefused.Kind.NOT_FOUND,
                    "there is no runbook '" + word.runbook() + "' in force"));
  }

  private void say(Tx tx, Word word, String version, boolean promoted) {
    if (parts
        .promotions()
        .last(tx, version)
        .filter(last -> last.promoted() == promoted)
        .isPresent()) {
      return;
    }
    Actor by = Actor.person(word.person());
    Promotion said =
        new Promotion(
            version, word.runbook(), promoted, by.asText(), clock.instant(), word.reason());
    parts.promotions().add(tx, said);
    String kind = promoted ? "runbook.promoted" : "runbook.withdrawn";
    String text =
        "%s %s version %s of '%s': %s"
            .formatted(
                word.person(),
                promoted ? "promotes" : "withdraws",
                shortened(version),
                word.runbook(),
                word.reason());
    Map<String, Object> data =
        Map.of("runbook", word.runbook(), "version", version, "reason", word.reason());
    Object unused =
        parts
            .journal()
            .append(tx, new Note(SITE, said.at(), by.asText(), kind, null, null, text, data));
  }
}
