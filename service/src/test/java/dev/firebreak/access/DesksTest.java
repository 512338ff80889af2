package dev.firebreak.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.Ids;
import dev.firebreak.core.Ledger;
import dev.firebreak.core.Tx;
import dev.firebreak.fixtures.SettableClock;
import dev.firebreak.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DesksTest {
  private final SettableClock clock = new SettableClock();
  private final Ids ids = new Ids(clock);
  private final Database database = Database.inMemory("access-" + UUID.randomUUID());
  private final Counting ledger = new Counting(database.ledger());
  private final Tokens tokens = database.tokens();
  private final TokenDesk desk = new TokenDesk(ledger, tokens, ids, clock);
  private final SessionDesk sessions = new SessionDesk(ledger, tokens, desk, clock);
  private final SetupDesk setup = new SetupDesk(ledger, tokens, desk, ids, clock);

  @AfterEach
  void close() {
    database.close();
  }

  private static final class Counting implements Ledger {
    final AtomicInteger reads = new AtomicInteger();
    private final Ledger ledger;

    Counting(Ledger ledger) {
      this.ledger = ledger;
    }

    @Override
    public <T> CompletableFuture<T> commit(Function<Tx, T> work) {
      return ledger.commit(work);
    }

    @Override
    public <T> T read(Function<Tx, T> query) {
      reads.incrementAndGet();
      return ledger.read(query);
    }
  }

  private TokenDesk.Issued token(String name, Role... roles) {
    return desk.create(name, Set.of(roles), null, "test").join();
  }

  @Test
  void roles_areNamedAsTheyAreWritten() {
    assertThat(List.of(Roles.VIEWER, Roles.RESPONDER, Roles.APPROVER, Roles.ADMIN))
        .isEqualTo(Stream.of(Role.values()).map(Role::asText).toList());
  }

  @Nested
  class OfTokens {
    @Test
    void secret_isLongRandomAndKeptByHashOnly() {
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < 200; i++) {
        String secret = Secret.fresh(TokenDesk.PREFIX);
        assertThat(secret).matches("fbt_[a-z2-7]{32}");
        seen.add(secret);
      }
      assertThat(seen).hasSize(200);
      TokenDesk.Issued issued = token("ana", Role.VIEWER);
      assertThat(desk.list().toString()).doesNotContain(issued.secret());
      assertThat(issued.toString()).doesNotContain(issued.secret());
      assertThat(desk.list().getFirst().hash()).isEqualTo(Secret.hash(issued.secret()));
    }

    @Test
    void goodToken_isItsOwner() {
      TokenDesk.Issued issued = token("ana", Role.APPROVER);
      Principal ana = desk.authenticate(issued.secret(), "10.0.0.1").orElseThrow();
      assertThat(ana.name()).isEqualTo("ana");
      assertThat(ana.may(Role.RESPONDER)).isTrue();
      assertThat(ana.may(Role.ADMIN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "fbt_", "fbt_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "\u0000", "ü"})
    void otherText_isNobody(String presented) {
      assertThat(desk.authenticate(presented, "10.0.0.1")).isEmpty();
    }

    @Test
    void veryLongText_isNobody() {
      TokenDesk.Issued issued = token("ana", Role.VIEWER);
      assertThat(desk.authenticate(issued.secret() + "x".repeat(1_000_000), "10.0.0.1")).isEmpty();
    }

    @Test
    void expiredToken_isNobody() {
      Instant end = clock.instant().plusSeconds(60);
      String secret = desk.create("ci", Set.of(Role.VIEWER), end, "test").join().secret();
      assertThat(desk.authenticate(secret, "a")).isPresent();
      clock.advance(Duration.ofSeconds(60));
      assertThat(desk.authenticate(secret, "a")).isEmpty();
    }

    @Test
    void revokedToken_isNobodyHereAtOnce_andElsewhereWithinASecond() {
      TokenDesk other = new TokenDesk(database.ledger(), tokens, ids, clock);
      TokenDesk.Issued issued = token("ana", Role.VIEWER);
      assertThat(desk.authenticate(issued.secret(), "a")).isPresent();
      assertThat(other.authenticate(issued.secret(), "a")).isPresent();

      assertThat(desk.revoke(issued.token().id()).join()).isTrue();
      assertThat(desk.revoke(issued.token().id()).join()).isFalse();
      assertThat(desk.authenticate(issued.secret(), "a")).isEmpty();
      clock.advance(Duration.ofSeconds(1));
      assertThat(other.authenticate(issued.secret(), "a")).isEmpty();
    }

    @Test
    void manyRequests_ofOneToken_costOneRead() {
      TokenDesk.Issued issued = token("ana", Role.VIEWER);
      for (int i = 0; i < 50; i++) {
        assertThat(desk.authenticate(issued.secret(), "a")).isPresent();
      }
      assertThat(ledger.reads).hasValue(1);
    }

    @Test
    void guesser_costsNoMoreReads_andLocksNobodyOut() {
      TokenDesk.Issued known = token("ana", Role.VIEWER);
      TokenDesk.Issued late = token("bob", Role.VIEWER);
      assertThat(desk.authenticate(known.secret(), "10.0.0.9")).isPresent();
      for (int i = 0; i < 1_000; i++) {
        assertThat(desk.authenticate("fbt_guess" + i, "10.0.0.9")).isEmpty();
      }
      assertThat(ledger.reads.get()).isLessThan(30);
      clock.advance(Duration.ofSeconds(2));
      assertThat(desk.authenticate(known.secret(), "10.0.0.9"))
          .as("a token that worked here before")
          .isPresent();
      assertThat(desk.authenticate(late.secret(), "10.0.0.8")).as("another address").isPresent();
      clock.advance(Duration.ofMinutes(1));
      assertThat(desk.authenticate(late.secret(), "10.0.0.9")).as("a minute later").isPresent();
    }

    @Test
    void addressesOfGuessers_areRememberedWithinBounds() {
      WrongTries tries = new WrongTries();
      for (int i = 0; i < 30_000; i++) {
        tries.add("10.0." + i, clock.instant());
      }
      assertThat(tries.addresses()).isEqualTo(10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "-x", "ana\n", "ünal", "a/b", "<b>"})
    void badName_isRefused(String name) {
      assertThatThrownBy(() -> desk.create(name, Set.of(Role.VIEWER), null, "test"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("name");
    }

    @Test
    void noRoles_areNotAllRoles() {
      assertThatThrownBy(() -> desk.create("ana", Set.of(), null, "test"))
          .hasMessageContaining("at least one role");
      assertThatThrownBy(() -> desk.create("ana", Set.of(Role.VIEWER), clock.instant(), "test"))
          .hasMessageContaining("past");
    }
  }

  @Nested
  class OfSessions {
    private SessionDesk.Opened open(String secret) {
      return sessions.open(secret, "a").join().orElseThrow();
    }

    @Test
    void session_isWorthWhatItsTokenIs() {
      TokenDesk.Issued issued = token("ana", Role.RESPONDER);
      SessionDesk.Opened opened = open(" " + issued.secret() + "\n");
      SessionDesk.Current current = sessions.current(opened.cookie()).orElseThrow();
      assertThat(current.principal().name()).isEqualTo("ana");
      assertThat(current.principal().session()).isNotEmpty().isNotEqualTo(opened.cookie());
      assertThat(current.knows(opened.csrf())).isTrue();
      assertThat(current.knows("")).isFalse();

      assertThat(desk.revoke(issued.token().id()).join()).isTrue();
      clock.advance(Duration.ofSeconds(1));
      assertThat(sessions.current(opened.cookie())).isEmpty();
    }

    @Test
    void session_ends() {
      SessionDesk.Opened opened = open(token("ana", Role.VIEWER).secret());
      SessionDesk.Opened closed = open(token("bob", Role.VIEWER).secret());
      assertThat(sessions.close(closed.cookie()).join()).isTrue();
      assertThat(sessions.current(closed.cookie())).isEmpty();
      clock.advance(SessionDesk.LASTS.minusSeconds(1));
      assertThat(sessions.current(opened.cookie())).isPresent();
      assertThat(sessions.sweep(clock.instant()).join()).isZero();
      clock.advance(Duration.ofSeconds(2));
      assertThat(sessions.current(opened.cookie())).isEmpty();
      assertThat(sessions.sweep(clock.instant()).join()).isEqualTo(1);
    }

    @Test
    void session_ofNobody_isNotOpened() {
      assertThat(sessions.open("fbt_wrong", "a").join()).isEmpty();
      assertThat(sessions.current("fbs_wrong")).isEmpty();
      assertThat(sessions.current("x".repeat(10_000))).isEmpty();
    }
  }

  @Nested
  class OfTheSetUp {
    private static String code(Optional<String> link) {
      String text = link.orElseThrow();
      assertThat(text).startsWith("https://fb.example/setup?code=");
      return text.substring(text.indexOf('=') + 1);
    }

    private Optional<String> link() {
      return setup.link("https://fb.example").join();
    }

    @Test
    void link_makesTheFirstAdmin_once() {
      String code = code(link());
      assertThat(setup.isOpen(code)).isTrue();
      String secret = setup.use(code, "ana").join().orElseThrow().secret();
      assertThat(desk.authenticate(secret, "a").orElseThrow().may(Role.ADMIN)).isTrue();
      assertThat(setup.isOpen(code)).isFalse();
      assertThat(setup.use(code, "eve").join()).isEmpty();
      assertThat(link()).isEmpty();
    }

    @Test
    void link_isNoToken() {
      String code = code(link());
      assertThat(desk.authenticate(code, "a")).isEmpty();
      assertThat(sessions.open(code, "a").join()).isEmpty();
    }

    @Test
    void twoAtOnce_makeOneAdmin() {
      String code = code(link());
      List<CompletableFuture<Optional<TokenDesk.Issued>>> tries =
          Stream.of("ana", "eve", "bob").map(name -> setup.use(code, name)).toList();
      assertThat(tries.stream().filter(issued -> issued.join().isPresent())).hasSize(1);
    }

    @Test
    void link_ofAnEarlierStart_orAnHourAgo_isOver() {
      String first = code(link());
      String second = code(link());
      assertThat(setup.use(first, "eve").join()).isEmpty();
      clock.advance(SetupDesk.LASTS);
      assertThat(setup.isOpen(second)).isFalse();
      assertThat(setup.use(second, "eve").join()).isEmpty();
    }

    @Test
    void link_whenAnAdminCameAnotherWay_isOver() {
      String code = code(link());
      TokenDesk.Issued admin = token("root", Role.ADMIN);
      assertThat(setup.use(code, "eve").join()).isEmpty();
      assertThat(desk.revoke(admin.token().id()).join()).isTrue();
      assertThat(link()).as("no admin in force any more").isPresent();
    }

    @Test
    void link_usedWithABadName_isStillGood() {
      String code = code(link());
      assertThatThrownBy(() -> setup.use(code, "not a name"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(setup.isOpen(code)).isTrue();
    }
  }
}
