package dev.firebreak.access;

import dev.firebreak.core.Ids;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The first start: there is no default password, so whoever reads the log gets a link that makes
 * the first admin token, once. What is kept is the hash of its secret: a token without any role.
 * Thread-safe.
 */
public final class SetupDesk {
  /** How long a link is good. */
  public static final Duration LASTS = Duration.ofHours(1);

  private static final String NAME = "set-up";

  private final Ledger ledger;
  private final Tokens tokens;
  private final TokenDesk desk;
  private final Ids ids;
  private final InstantSource clock;

  public SetupDesk(Ledger ledger, Tokens tokens, TokenDesk desk, Ids ids, InstantSource clock) {
    this.ledger = ledger;
    this.tokens = tokens;
    this.desk = desk;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * To be called at each start. Links of earlier starts end.
   *
   * @param baseUrl the console's address, without a slash at its end
   * @return the new link, to be shown to whoever starts the service; empty when there is an admin
   */
  public CompletableFuture<Optional<String>> link(String baseUrl) {
    String secret = Secret.fresh("fbsetup_");
    Instant now = clock.instant();
    return ledger.commit(
        tx -> {
          revokeLinks(tx, now);
          if (hasAdmin(tx, now)) {
            return Optional.empty();
          }
          tokens.add(tx, linkToken(secret, now));
          return Optional.of(baseUrl + "/setup?code=" + secret);
        });
  }

  private Token linkToken(String secret, Instant now) {
    return new Token(
        ids.next("tok"), NAME, Secret.hash(secret), Set.of(), now, NAME, now.plus(LASTS), null);
  }

  private void revokeLinks(Tx tx, Instant now) {
    for (Token token : tokens.list(tx)) {
      if (token.roles().isEmpty() && token.revokedAt() == null) {
        boolean unused = tokens.revoke(tx, token.id(), now);
        assert unused : "within one transaction nobody else revokes";
      }
    }
  }

  private boolean hasAdmin(Tx tx, Instant now) {
    return tokens.list(tx).stream()
        .anyMatch(token -> token.roles().contains(Role.ADMIN) && TokenDesk.inForce(token, now));
  }

  /** Whether a link's code would be taken now. */
  public boolean isOpen(String secret) {
    String hash = Secret.hash(secret);
    return ledger.<Boolean>read(tx -> good(tx, hash, clock.instant()).isPresent());
  }

  /**
   * Makes the first admin token. Of two that try at the same moment one wins.
   *
   * @param secret the link's code
   * @param name who will hold the token
   * @return empty when the link is wrong, old, or was used
   * @throws IllegalArgumentException when the name is not one
   */
  public CompletableFuture<Optional<TokenDesk.Issued>> use(String secret, String name) {
    TokenDesk.Issued issued = desk.draft(name, Set.of(Role.ADMIN), null, NAME);
    String hash = Secret.hash(secret);
    return ledger.commit(tx -> use(tx, hash, issued));
  }

  private Optional<TokenDesk.Issued> use(Tx tx, String hash, TokenDesk.Issued issued) {
    Instant now = clock.instant();
    Optional<Token> link = good(tx, hash, now);
    if (link.isEmpty() || !tokens.revoke(tx, link.get().id(), now)) {
      return Optional.empty();
    }
    tokens.add(tx, issued.token());
    return Optional.of(issued);
  }

  private Optional<Token> good(Tx tx, String hash, Instant now) {
    return tokens
        .byHash(tx, hash)
        .filter(token -> token.roles().isEmpty() && token.revokedAt() == null)
        .filter(token -> token.expiresAt() != null && now.isBefore(token.expiresAt()))
        .filter(token -> !hasAdmin(tx, now));
  }
}
