package dev.firebreak.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.Tx;
import dev.firebreak.fixtures.MemoryLedger;
import dev.firebreak.fixtures.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MembershipTest {
  private static final Duration LENGTH = Duration.ofSeconds(10);

  private final SettableClock clock = new SettableClock();
  private final MemoryLedger ledger = new MemoryLedger();
  private final OneRow rows = new OneRow();
  private final AtomicInteger ended = new AtomicInteger();
  private final Lease lease =
      new Lease("node_1", LENGTH, clock, () -> clock.instant().toEpochMilli() * 1_000_000);
  private final Membership membership =
      new Membership(ledger, rows, lease, clock, ended::incrementAndGet);

  /** One node's row, as the database keeps it. */
  private static final class OneRow implements Nodes {
    private boolean there;
    private boolean left;
    private long beat;

    @Override
    public boolean join(Tx tx, String id, String host, Instant startedAt, Duration length) {
      boolean first = !there;
      there = true;
      return first;
    }

    @Override
    public void alone(Tx tx, String id) {}

    @Override
    public boolean renew(Tx tx, String id, long confirmed, long attempted, Duration length) {
      boolean mine = beat >= confirmed && beat <= attempted;
      beat = mine ? attempted + 1 : beat;
      return mine;
    }

    @Override
    public void leave(Tx tx, String id) {
      left = true;
    }

    @Override
    public List<Node> list(Tx tx) {
      return List.of();
    }

    @Override
    public int forget(Tx tx, Duration after) {
      return 0;
    }
  }

  private void turns(int seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.advance(Duration.ofSeconds(1));
      Object unused = membership.turn(clock.instant());
    }
  }

  @Test
  void member_renewsBeforeTheLeaseIsOver() {
    membership.join("here", false);
    turns(60);
    assertThat(lease.holds()).isTrue();
    assertThat(rows.beat).isEqualTo(20);
  }

  @Test
  void idInUse_isRefused() {
    membership.join("here", false);
    assertThatThrownBy(() -> membership.join("there", false)).hasMessageContaining("copy");
  }

  @Test
  void databaseIsAway_leaseRunsOut_andComesBackWithTheDatabase() {
    membership.join("here", false);
    ledger.down(true);
    turns(7);
    assertThat(lease.holds()).isTrue();
    turns(1);
    assertThat(lease.holds()).isFalse();
    turns(30);
    ledger.down(false);
    turns(2);
    assertThat(lease.holds()).isTrue();
    assertThat(ended).hasValue(0);
  }

  @Test
  void anotherProcessRenewsTheSameLease_thisOneEndsForGood() {
    membership.join("here", false);
    turns(3);
    rows.beat++;
    turns(3);
    assertThat(lease.holds()).isFalse();
    turns(30);
    assertThat(lease.holds()).isFalse();
    assertThat(ended).as("told once").hasValue(1);
  }

  @Test
  void clockIsSetBack_renewalsGoOn() {
    membership.join("here", false);
    clock.advance(Duration.ofHours(-1));
    turns(5);
    assertThat(rows.beat).isPositive();
  }

  @Test
  void left_actsNoMore() {
    membership.join("here", false);
    membership.leave();
    assertThat(rows.left).isTrue();
    assertThat(lease.holds()).isFalse();
    turns(10);
    assertThat(lease.holds()).isFalse();
  }
}
