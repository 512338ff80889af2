package dev.firebreak.store;

import dev.firebreak.access.Token;
import dev.firebreak.access.Tokens;
import dev.firebreak.core.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tokens and browser sessions in tables, by hash only. */
final class JdbiTokens implements Tokens {
  @Override
  public void add(Tx tx, Token token) {
    sql(tx).insert(TokenSql.Row.of(token));
  }

  @Override
  public Optional<Token> byHash(Tx tx, String hash) {
    return sql(tx).byHash(hash).map(TokenSql.Row::toToken);
  }

  @Override
  public Optional<Token> byId(Tx tx, String id) {
    return sql(tx).byId(id).map(TokenSql.Row::toToken);
  }

  @Override
  public List<Token> list(Tx tx) {
    return sql(tx).all().stream().map(TokenSql.Row::toToken).toList();
  }

  @Override
  public boolean revoke(Tx tx, String id, Instant at) {
    boolean revoked = sql(tx).revoke(id, at) == 1;
    sql(tx).endSessionsOf(id);
    return revoked;
  }

  @Override
  public void addSession(Tx tx, Session session) {
    sql(tx).insert(session);
  }

  @Override
  public Optional<Session> session(Tx tx, String hash) {
    return sql(tx).session(hash);
  }

  @Override
  public void endSession(Tx tx, String hash) {
    sql(tx).endSession(hash);
  }

  @Override
  public int sweepSessions(Tx tx, Instant before) {
    return sql(tx).sweep(before);
  }

  private static TokenSql sql(Tx tx) {
    return StoreTx.sql(tx, TokenSql.class);
  }
}
