package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.run.Signal;
import dev.firebreak.run.Signals;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link Signals} must do. */
abstract class SignalsContract extends Contract {
  private final String run = Samples.id("run");

  private Signals signals() {
    return database().signals();
  }

  private Signal kept(String name, @Nullable String key) {
    Signal signal =
        new Signal(Samples.id("sig"), run, name, key, Map.of("ä", "∑", "n", 7), "person:ana", NOON);
    write(tx -> signals().keep(tx, signal));
    return signal;
  }

  private Optional<Signal> taken(String run, String name, String step) {
    return commit(tx -> signals().take(tx, run, name, step));
  }

  @Test
  void signal_isTakenOnce_theOldestFirst() {
    Signal first = kept("go", null);
    Signal second = kept("go", null);
    kept("other", null);
    assertThat(taken(run, "go", "a")).contains(first);
    assertThat((int) read(tx -> signals().untaken(tx, run))).isEqualTo(2);
    assertThat(taken(run, "go", "b")).contains(second);
    assertThat(taken(run, "go", "c")).isEmpty();
    assertThat(taken("run_0", "other", "c")).isEmpty();
    assertThat((int) read(tx -> signals().sent(tx, run))).isEqualTo(3);
  }

  @Test
  void signal_isFoundByItsKey_alsoOnceTaken() {
    Signal signal = kept("go", "deploy-1");
    assertThat(find(tx -> signals().find(tx, run, "deploy-1"))).contains(signal);
    assertThat(taken(run, "go", "a")).contains(signal);
    assertThat(find(tx -> signals().find(tx, run, "deploy-1"))).contains(signal);
    assertThat(find(tx -> signals().find(tx, "run_0", "deploy-1"))).isEmpty();
  }
}
