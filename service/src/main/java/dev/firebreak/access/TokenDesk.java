package dev.firebreak.access;

import dev.firebreak.core.Ids;
import dev.firebreak.core.Ledger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Issues, lists, revokes and checks tokens. Two tokens with one name are one person: votes count
 * names. Thread-safe.
 */
public final class TokenDesk {
  /** What every token begins with, so that scanners for leaked secrets know it. */
  public static final String PREFIX = "fbt_";

  private static final int LONGEST = 200;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}");

  private final Ledger ledger;
  private final Tokens tokens;
  private final Ids ids;
  private final InstantSource clock;
  private final Lately<Token> lately = new Lately<>();
  private final WrongTries wrongTries = new WrongTries();

  public TokenDesk(Ledger ledger, Tokens tokens, Ids ids, InstantSource clock) {
    this.ledger = ledger;
    this.tokens = tokens;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * A token that was just made.
   *
   * @param secret what its owner presents; shown this once, kept nowhere
   */
  public record Issued(Token token, String secret) {
    @Override
    public String toString() {
      return "Issued[" + token.id() + "]";
    }
  }

  /**
   * Makes a token.
   *
   * @param name letters, digits and {@code . _ @ + -}, at most 64
   * @param roles never empty
   * @param expiresAt null for never
   * @param by whose word
   * @throws IllegalArgumentException saying which of these is not so
   */
  public CompletableFuture<Issued> create(
      String name, Set<Role> roles, @Nullable Instant expiresAt, String by) {
    Issued issued = draft(name, roles, expiresAt, by);
    return ledger.commit(
        tx -> {
          tokens.add(tx, issued.token());
          return issued;
        });
  }

  Issued draft(String name, Set<Role> roles, @Nullable Instant expiresAt, String by) {
    Instant now = clock.instant();
    check(name, roles, expiresAt, now);
    String secret = Secret.fresh(PREFIX);
    String hash = Secret.hash(secret);
    return new Issued(
        new Token(ids.next("tok"), name, hash, roles, now, by, expiresAt, null), secret);
  }

  private static void check(
      String name, Set<Role> roles, @Nullable Instant expiresAt, Instant now) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a token's name is 1 to 64 letters, digits and . _ @ + -, beginning with a letter or"
              + " digit: who presents it, for example ana or ci-deploy");
    }
    if (roles.isEmpty()) {
      throw new IllegalArgumentException(
          "a token needs at least one role: viewer, responder, approver, admin");
    }
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      throw new IllegalArgumentException("a token cannot expire in the past: " + expiresAt);
    }
  }

  /** All tokens ever issued, without their secrets, which nobody has. */
  public List<Token> list() {
    return ledger.read(tokens::list);
  }

  /** Whether somebody of this name holds a token in force with this role, or a higher one. */
  public boolean may(String name, Role role) {
    Instant now = clock.instant();
    return list().stream()
        .filter(token -> token.name().equals(name) && inForce(token, now))
        .anyMatch(token -> principal(token, "").may(role));
  }

  /**
   * Ends a token and every session opened with it; on every node within a second.
   *
   * @return false when no token in force has this id
   */
  public CompletableFuture<Boolean> revoke(String id) {
    return ledger
        .commit(tx -> tokens.revoke(tx, id, clock.instant()))
        .whenComplete((done, failed) -> lately.forgetAll());
  }

  /**
   * Who presents this, if it is a token in force. An address with many wrong tries is heard again
   * after a minute; tokens that were good on this node before are heard all the same.
   *
   * @param presented what came with the request; any text
   * @param address where it came from; empty when nobody knows, and then it is heard each time
   * @throws dev.firebreak.core.StoreUnavailable when nobody can be checked now
   */
  public Optional<Principal> authenticate(String presented, String address) {
    return check(presented, address).map(token -> principal(token, ""));
  }

  Optional<Token> check(String presented, String address) {
    Instant now = clock.instant();
    String hash = Secret.hash(presented.substring(0, Math.min(presented.length(), LONGEST)));
    if (wrongTries.tooMany(address, now) && !lately.knows(hash)) {
      return Optional.empty();
    }
    Optional<Token> token =
        lately
            .get(hash, now, () -> ledger.read(tx -> tokens.byHash(tx, hash)))
            .filter(found -> inForce(found, now));
    if (token.isEmpty()) {
      wrongTries.add(address, now);
    }
    return token;
  }

  static boolean inForce(Token token, Instant now) {
    boolean expired = token.expiresAt() != null && !now.isBefore(token.expiresAt());
    return token.revokedAt() == null && !expired && !token.roles().isEmpty();
  }

  static Principal principal(Token token, String session) {
    return new Principal(token.name(), token.roles(), session);
  }
}
