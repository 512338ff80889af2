package dev.firebreak.access;

import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps tokens and browser sessions, by hash only. Thread-safe. */
public interface Tokens {
  /** Adds a token of a new id and hash. */
  void add(Tx tx, Token token);

  /** A token, revoked and expired ones too; empty when none has this hash. */
  Optional<Token> byHash(Tx tx, String hash);

  /** A token, revoked and expired ones too; empty when there is none of this id. */
  Optional<Token> byId(Tx tx, String id);

  /** All, revoked and expired ones too, oldest first. */
  List<Token> list(Tx tx);

  /** Ends a token and every session opened with it; false when there is none in force. */
  boolean revoke(Tx tx, String id, Instant at);

  /** Adds a browser session opened with a token. */
  void addSession(Tx tx, Session session);

  /** A session, also one that has expired; empty when none has this hash. */
  Optional<Session> session(Tx tx, String hash);

  /** Removes a session, if it is there. */
  void endSession(Tx tx, String hash);

  /** Removes sessions that ended before; returns how many. */
  int sweepSessions(Tx tx, Instant before);

  /**
   * A browser session.
   *
   * @param hash SHA-256 of the cookie, hex
   * @param tokenId the token it was opened with
   * @param csrf what forms must send back
   */
  record Session(String hash, String tokenId, String csrf, Instant createdAt, Instant expiresAt) {}
}
