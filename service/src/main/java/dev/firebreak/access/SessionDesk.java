package dev.firebreak.access;

import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Browser sessions, each opened with a token and never worth more than that token is now.
 * Thread-safe.
 */
public final class SessionDesk {
  /** The cookie's name. */
  public static final String COOKIE = "firebreak_session";

  /** The form field that repeats {@link Current#csrf} in every form that changes something. */
  public static final String CSRF_FIELD = "csrf";

  /** The header that does so for scripts. */
  public static final String CSRF_HEADER = "X-CSRF-Token";

  /** How long a session lasts, used or not. */
  public static final Duration LASTS = Duration.ofHours(12);

  private static final int LONGEST = 200;

  private final Ledger ledger;
  private final Tokens tokens;
  private final TokenDesk desk;
  private final InstantSource clock;
  private final Lately<Standing> lately = new Lately<>();

  public SessionDesk(Ledger ledger, Tokens tokens, TokenDesk desk, InstantSource clock) {
    this.ledger = ledger;
    this.tokens = tokens;
    this.desk = desk;
    this.clock = clock;
  }

  /**
   * A session that was just opened.
   *
   * @param cookie the cookie's value; kept nowhere
   * @param expiresAt when it ends at the latest
   */
  public record Opened(String cookie, String csrf, Instant expiresAt, Principal principal) {
    @Override
    public String toString() {
      return "Opened[" + principal.name() + "]";
    }
  }

  /**
   * A session in force.
   *
   * @param principal with the roles its token has now
   * @param csrf what forms and scripts must send back
   */
  public record Current(Principal principal, String csrf, Instant expiresAt) {
    /** Whether a form or header repeated the right text. */
    public boolean knows(String presented) {
      return Secret.same(csrf, presented);
    }
  }

  private record Standing(Tokens.Session session, Token token) {}

  /** Opens a session; empty when the token is not in force. */
  public CompletableFuture<Optional<Opened>> open(String presentedToken, String address) {
    Optional<Token> token = desk.check(presentedToken.strip(), address);
    if (token.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    String cookie = Secret.fresh("fbs_");
    Instant now = clock.instant();
    Tokens.Session session =
        new Tokens.Session(
            Secret.hash(cookie), token.get().id(), Secret.fresh(""), now, now.plus(LASTS));
    Principal principal = TokenDesk.principal(token.get(), session.hash());
    return ledger.commit(
        tx -> {
          tokens.addSession(tx, session);
          return Optional.of(new Opened(cookie, session.csrf(), session.expiresAt(), principal));
        });
  }

  /**
   * The session of a cookie, while it and its token are in force.
   *
   * @throws dev.firebreak.core.StoreUnavailable when nobody can be checked now
   */
  public Optional<Current> current(String cookie) {
    if (cookie.length() > LONGEST) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    String hash = Secret.hash(cookie);
    return lately
        .get(hash, now, () -> ledger.read(tx -> standing(tx, hash)))
        .filter(standing -> now.isBefore(standing.session.expiresAt()))
        .filter(standing -> TokenDesk.inForce(standing.token, now))
        .map(SessionDesk::current);
  }

  private Optional<Standing> standing(Tx tx, String hash) {
    return tokens
        .session(tx, hash)
        .flatMap(
            session ->
                tokens.byId(tx, session.tokenId()).map(token -> new Standing(session, token)));
  }

  private static Current current(Standing standing) {
    Tokens.Session session = standing.session;
    Principal principal = TokenDesk.principal(standing.token, session.hash());
    return new Current(principal, session.csrf(), session.expiresAt());
  }

  /** Ends a session. */
  public CompletableFuture<Boolean> close(String cookie) {
    String hash = Secret.hash(cookie);
    return ledger
        .commit(
            tx -> {
              tokens.endSession(tx, hash);
              return true;
            })
        .whenComplete((done, failed) -> lately.forgetAll());
  }

  /** Removes the sessions that are over; to be called once in a while. */
  public CompletableFuture<Integer> sweep(Instant now) {
    return ledger.commit(tx -> tokens.sweepSessions(tx, now));
  }
}
