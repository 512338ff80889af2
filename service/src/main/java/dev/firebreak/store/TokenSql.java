package dev.firebreak.store;

import dev.firebreak.access.Role;
import dev.firebreak.access.Token;
import dev.firebreak.access.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on {@code token} and {@code browser_session}. */
interface TokenSql {
  String COLUMNS = "id, name, hash, roles, created_at, created_by, expires_at, revoked_at";

  /** A token as a row. */
  record Row(
      String id,
      String name,
      String hash,
      String roles,
      Instant createdAt,
      String createdBy,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt) {
    static Row of(Token token) {
      return new Row(
          token.id(),
          token.name(),
          token.hash(),
          Json.write(token.roles().stream().sorted().map(Role::asText).toList()),
          token.createdAt(),
          token.createdBy(),
          token.expiresAt(),
          token.revokedAt());
    }

    Token toToken() {
      return new Token(
          id,
          name,
          hash,
          Json.list(roles).stream().map(Role::parse).collect(Collectors.toSet()),
          createdAt,
          createdBy,
          expiresAt,
          revokedAt);
    }
  }

  @SqlUpdate(
      """
      INSERT INTO token (id, name, hash, roles, created_at, created_by, expires_at, revoked_at)
      VALUES (:id, :name, :hash, :roles, :createdAt, :createdBy, :expiresAt, :revokedAt)
      """)
  void insert(@BindRecord Row row);

  @SqlQuery("SELECT " + COLUMNS + " FROM token WHERE hash = :hash")
  Optional<Row> byHash(@Bind("hash") String hash);

  @SqlQuery("SELECT " + COLUMNS + " FROM token WHERE id = :id")
  Optional<Row> byId(@Bind("id") String id);

  @SqlQuery("SELECT " + COLUMNS + " FROM token ORDER BY id")
  List<Row> all();

  @SqlUpdate("UPDATE token SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL")
  int revoke(@Bind("id") String id, @Bind("at") Instant at);

  @SqlUpdate(
      """
      INSERT INTO browser_session (hash, token_id, csrf, created_at, expires_at)
      VALUES (:hash, :tokenId, :csrf, :createdAt, :expiresAt)
      """)
  void insert(@BindRecord Tokens.Session session);

  @SqlQuery(
      """
      SELECT hash, token_id, csrf, created_at, expires_at FROM browser_session WHERE hash = :hash
      """)
  Optional<Tokens.Session> session(@Bind("hash") String hash);

  @SqlUpdate("DELETE FROM browser_session WHERE hash = :hash")
  void endSession(@Bind("hash") String hash);

  @SqlUpdate("DELETE FROM browser_session WHERE token_id = :token")
  void endSessionsOf(@Bind("token") String tokenId);

  @SqlUpdate("DELETE FROM browser_session WHERE expires_at < :before")
  int sweep(@Bind("before") Instant before);
}
