package dev.firebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.simulation.Explorer.Move;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All orders in which a few things can happen to one run on two nodes keep the laws. */
class ExplorerTest {
  private static final String BOOK =
      """
      runbook: explored
      owner: team
      on:
        alert: alert.labels.book == 'explored'
        incident: "{{alert.labels.key}}"
      remediate:
        - id: fix
          target: host/a
          limit: {max: 2, per: 1h}
          approve: {by: [ana], within: 10m}
          do: {fix: {}}
          idempotent: false
          timeout: 5s
          verify: {probe: {}, within: 2s, timeout: 2s}
          undo: null
      """;

  @TempDir Path folder;

  @Test
  void everyOrder_ofApprovalAndCancel_keepsTheLaws() {
    Explorer.Found approved = explore(folder, EnumSet.of(Move.APPROVE), 2_000);
    assertThat(approved.whole()).isTrue();
    Explorer.Found cancelled = explore(folder, EnumSet.of(Move.APPROVE, Move.CANCEL), 400);
    assertThat(cancelled.ends()).isPositive();
  }

  /** Prints what was seen; nothing may be broken. */
  static Explorer.Found explore(Path folder, Set<Move> moves, int most) {
    Simulation unused = new Simulation(folder);
    long began = System.nanoTime();
    Explorer.Found found =
        new Explorer(folder.resolve(moves.toString()), Books.read("explored", BOOK))
            .explore(moves, most);
    System.out.printf(
        "%s: %d states, %d ends, %s, %d ms%n",
        moves,
        found.states(),
        found.ends(),
        found.whole() ? "all of them" : "the nearest ones",
        (System.nanoTime() - began) / 1_000_000);
    assertThat(found.broken()).as("%s", moves).isEmpty();
    return found;
  }
}
