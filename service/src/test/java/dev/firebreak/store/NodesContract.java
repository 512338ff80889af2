package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.cluster.Node;
import dev.firebreak.cluster.Nodes;
import dev.firebreak.run.StepRun;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every {@link Nodes} must do. */
abstract class NodesContract extends Contract {
  private static final Duration LONG = Duration.ofMinutes(1);
  private final String id = Samples.id("node");

  private Nodes nodes() {
    return database().nodes();
  }

  private boolean join(String node, Duration lease) {
    return says(tx -> nodes().join(tx, node, "host-1", NOON, lease));
  }

  private boolean renew(long confirmed, long attempted) {
    return says(tx -> nodes().renew(tx, id, confirmed, attempted, LONG));
  }

  private Node node(String node) {
    return list(tx -> nodes().list(tx)).stream()
        .filter(it -> it.id().equals(node))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void joined_isAliveUntilTheLeaseIsOver() {
    assertThat(join(id, LONG)).isTrue();
    assertThat(node(id).alive()).isTrue();
    assertThat(node(id).startedAt()).isEqualTo(NOON);
    assertThat(Duration.between(node(id).seenAt(), node(id).leaseUntil())).isEqualTo(LONG);
  }

  @Test
  void idInUse_isRefused() {
    assertThat(join(id, LONG)).isTrue();
    assertThat(join(id, LONG)).isFalse();
  }

  @Test
  void leaseThatIsOver_isRenewedAllTheSame() {
    assertThat(join(id, Duration.ofMillis(-5))).isTrue();
    assertThat(node(id).alive()).isFalse();
    assertThat(renew(0, 0)).isTrue();
    assertThat(node(id).alive()).isTrue();
  }

  @Test
  void renewalWhoseAnswerWasLost_isFollowedByTheNext() {
    join(id, LONG);
    assertThat(renew(0, 0)).isTrue();
    assertThat(renew(0, 1)).as("1 was written, and nobody heard").isTrue();
    assertThat(renew(2, 2)).isTrue();
  }

  @Test
  void copyOfANode_isFoundOut() {
    join(id, LONG);
    assertThat(renew(0, 0)).as("the one").isTrue();
    assertThat(renew(0, 0)).as("its copy").isFalse();
    assertThat(renew(1, 1)).as("the one").isTrue();
  }

  @Test
  void left_isNotAlive() {
    join(id, LONG);
    write(tx -> nodes().leave(tx, id));
    assertThat(node(id).alive()).isFalse();
    assertThat(node(id).leftAt()).isNotNull();
  }

  @Test
  void forget_keepsWhoIsAliveAndWhoOwnsRuns() {
    String owner = Samples.id("node");
    join(id, Duration.ofHours(-2));
    join(owner, Duration.ofHours(-2));
    write(
        tx ->
            database()
                .runs()
                .add(
                    tx,
                    Samples.run(Samples.id("inc"), StepRun.pending("one", StepRun.Phase.DIAGNOSE)),
                    owner));
    int forgotten = commit(tx -> nodes().forget(tx, Duration.ofHours(1)));
    assertThat(forgotten).isPositive();
    assertThat(list(tx -> nodes().list(tx)).stream().map(Node::id))
        .contains(owner)
        .doesNotContain(id);
    assertThat(says(tx -> nodes().renew(tx, id, 0, 0, LONG))).as("forgotten").isFalse();
  }
}
