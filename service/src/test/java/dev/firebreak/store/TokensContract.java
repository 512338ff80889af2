package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.access.Role;
import dev.firebreak.access.Token;
import dev.firebreak.access.Tokens;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link Tokens} must do. */
abstract class TokensContract extends Contract {

  @Override
  abstract Database database();

  private Tokens tokens() {
    return database().tokens();
  }

  private Token added(Set<Role> roles) {
    Token token =
        new Token(
            Samples.id("tok"),
            "ana",
            Samples.id("hash"),
            roles,
            NOON,
            "setup",
            NOON.plusSeconds(60),
            null);
    write(tx -> tokens().add(tx, token));
    return token;
  }

  private Tokens.Session opened(Token token, int seconds) {
    Tokens.Session session =
        new Tokens.Session(Samples.id("hash"), token.id(), "csrf", NOON, NOON.plusSeconds(seconds));
    write(tx -> tokens().addSession(tx, session));
    return session;
  }

  @Nested
  class OfTokens {
    @Test
    void token_comesBackExactly() {
      Token all = added(EnumSet.allOf(Role.class));
      Token none = added(Set.of());
      assertThat(find(tx -> tokens().byHash(tx, all.hash()))).contains(all);
      assertThat(find(tx -> tokens().byId(tx, none.id()))).contains(none);
      assertThat(list(tx -> tokens().list(tx))).containsSubsequence(all, none);
      assertThat(find(tx -> tokens().byHash(tx, "other"))).isEmpty();
    }

    @Test
    void hash_isUnique() {
      Token token = added(Set.of(Role.VIEWER));
      Token twin =
          new Token(
              Samples.id("tok"), "eve", token.hash(), Set.of(Role.ADMIN), NOON, "x", null, null);
      assertThatThrownBy(() -> write(tx -> tokens().add(tx, twin))).isNotNull();
    }

    @Test
    void revoked_isOnceAndEndsItsSessions() {
      Token token = added(Set.of(Role.VIEWER));
      Token other = added(Set.of(Role.VIEWER));
      Tokens.Session session = opened(token, 60);
      Tokens.Session kept = opened(other, 60);
      assertThat(says(tx -> tokens().revoke(tx, token.id(), NOON))).isTrue();
      assertThat(says(tx -> tokens().revoke(tx, token.id(), NOON.plusSeconds(1)))).isFalse();
      assertThat(says(tx -> tokens().revoke(tx, "tok_none", NOON))).isFalse();
      assertThat(find(tx -> tokens().byId(tx, token.id())))
          .hasValueSatisfying(it -> assertThat(it.revokedAt()).isEqualTo(NOON));
      assertThat(find(tx -> tokens().session(tx, session.hash()))).isEmpty();
      assertThat(find(tx -> tokens().session(tx, kept.hash()))).contains(kept);
    }
  }

  @Nested
  class OfSessions {
    @Test
    void session_livesUntilItIsEnded() {
      Tokens.Session session = opened(added(Set.of(Role.VIEWER)), 60);
      assertThat(find(tx -> tokens().session(tx, session.hash()))).contains(session);
      write(tx -> tokens().endSession(tx, session.hash()));
      assertThat(find(tx -> tokens().session(tx, session.hash()))).isEmpty();
    }

    @Test
    void sweep_removesTheOnesThatEndedBefore() {
      Token token = added(Set.of(Role.VIEWER));
      write(tx -> tokens().sweepSessions(tx, NOON.plusSeconds(999_999)));
      Tokens.Session over = opened(token, 10);
      Tokens.Session lives = opened(token, 20);
      assertThat((int) commit(tx -> tokens().sweepSessions(tx, NOON.plusSeconds(15)))).isEqualTo(1);
      assertThat(find(tx -> tokens().session(tx, over.hash()))).isEmpty();
      assertThat(find(tx -> tokens().session(tx, lives.hash()))).contains(lives);
    }
  }
}
