package dev.firebreak.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.Tx;
import dev.firebreak.fixtures.MemoryLedger;
import dev.firebreak.fixtures.Written;
import dev.firebreak.run.NewRun;
import dev.firebreak.run.Run;
import dev.firebreak.runbook.Runbook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnGuardTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Runbook BOOK =
      Written.runbook(List.of(), List.of(Written.rung("fix").undo().build()), null, List.of());

  private final OwnGuard guard =
      new OwnGuard(
          Map.of(
              "fb-1.example.com", "the host",
              "10.0.0.7", "the host",
              "::1", "the host",
              "DB.example.com", "the database"),
          List.of("redis/fb-1"));

  private Decision ask(String step, String... targets) {
    Run run = NewRun.of("run_1", "inc_1", BOOK, Map.of(), "source:test", NOON);
    Proposal proposal = new Proposal(run, BOOK, step, List.of(targets));
    return new MemoryLedger().read((Tx tx) -> guard.check(tx, proposal, NOON));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host/fb-1",
        "host/FB-1.example.com",
        "postgres/db.example.com:5432",
        "postgres/db/shop",
        "disk/10.0.0.7/var",
        "redis/10.0.0.7:6379",
        "redis/[::1]:6379",
        "fb-1"
      })
  void ownPart_isRefused(String target) {
    assertThat(ask("fix", "host/a", target)).isInstanceOf(Decision.Deny.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"host/fb-11", "db/main", "host/fb-1.other.org", "redis/10.0.0.70", "redis/fb-1"})
  void otherPart_andWhatIsAllowed_isNot(String target) {
    assertThat(ask("fix", target)).isInstanceOf(Decision.Allow.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host/fb-2",
        "host/fb-2.internal:9100",
        "host/FB-2.",
        "host/localhost.localdomain",
        "host/127.1",
        "host/127.0.0.53:53"
      })
  void ownPart_knownByItsShortName_isRefusedWithAnyDomain_andSoIsEveryLoopback(String target) {
    OwnGuard bare =
        new OwnGuard(
            Map.of("fb-2", "the host", "localhost", "the host", "127.0.0.1", "the host"),
            List.of());
    Run run = NewRun.of("run_1", "inc_1", BOOK, Map.of(), "source:test", NOON);
    Proposal proposal = new Proposal(run, BOOK, "fix", List.of(target));
    assertThat(bare.check(effect -> {}, proposal, NOON)).isInstanceOf(Decision.Deny.class);
    Proposal other = new Proposal(run, BOOK, "fix", List.of("host/fb-22.internal", "a/127-1"));
    assertThat(bare.check(effect -> {}, other, NOON)).isInstanceOf(Decision.Allow.class);
  }

  @Test
  void refusal_saysWhatItIs_andTheWayAround() {
    assertThat(((Decision.Deny) ask("fix", "postgres/db")).why().text())
        .contains("'postgres/db' is the database of Firebreak itself")
        .contains("own.allow");
  }

  @Test
  void whatTakesAChangeBack_isLetThrough() {
    assertThat(ask("fix.undo", "host/fb-1")).isInstanceOf(Decision.Allow.class);
  }

  @Test
  void settings_thatNameNothing_areRefused() {
    assertThatThrownBy(() -> new OwnSettings(List.of("https://sso"), List.of()))
        .hasMessageContaining("own.names");
    assertThatThrownBy(() -> new OwnSettings(List.of(), List.of("**")))
        .hasMessageContaining("own.allow");
  }
}
