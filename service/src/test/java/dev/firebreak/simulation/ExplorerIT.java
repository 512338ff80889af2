package dev.firebreak.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.simulation.Explorer.Move;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@link ExplorerTest}, with everything that can come from outside. */
class ExplorerIT {
  private static final int MOST = 2_500;

  @TempDir Path folder;

  @Test
  void everyOrder_keepsTheLaws() {
    for (EnumSet<Move> moves :
        List.of(
            EnumSet.of(Move.APPROVE, Move.CANCEL),
            EnumSet.of(Move.APPROVE, Move.PAUSE, Move.RESUME),
            EnumSet.of(Move.APPROVE, Move.HALT),
            EnumSet.of(Move.APPROVE, Move.RESOLVE),
            EnumSet.of(Move.APPROVE, Move.CRASH),
            EnumSet.of(Move.APPROVE, Move.SILENCE, Move.BACK),
            EnumSet.of(Move.APPROVE, Move.CANCEL, Move.CRASH),
            EnumSet.of(Move.APPROVE, Move.HALT, Move.SILENCE, Move.BACK))) {
      Explorer.Found found = ExplorerTest.explore(folder, moves, MOST);
      assertThat(found.broken()).as("%s", moves).isEmpty();
      assertThat(found.ends()).as("%s: runs that ended", moves).isPositive();
    }
  }
}
