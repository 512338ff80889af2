package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Law 1: what was acknowledged is never lost, however the process ends. */
class H2CrashIT {
  private static final int KILLS = 20;
  private static final int LONGEST = 400;

  @TempDir Path folder;

  @Test
  void processKilledAtAnyMoment_losesNothingAcknowledged() throws Exception {
    Path file = folder.resolve("firebreak");
    Random random = new Random(7);
    List<String> acknowledged = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> now = killAfter(file, 1 + random.nextInt(LONGEST));
      assertThat(now).as("kill %s", kill).isNotEmpty();
      acknowledged.addAll(now);
      try (Database database = Opened.file(file)) {
        assertThat(now).as("kill %s", kill).allMatch(key -> isThere(database, key));
      }
    }
    try (Database database = Opened.file(file)) {
      assertThat(acknowledged).allMatch(key -> isThere(database, key));
      assertThat(database.audit().run().faults()).isEmpty();
    }
  }

  /** What a process acknowledged until it was killed, after so many lines at the earliest. */
  private static List<String> killAfter(Path file, int lines) throws IOException {
    Process process = Neighbour.start(file);
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("open");
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.length() == 36) {
          acknowledged.add(line);
        }
        if (acknowledged.size() == lines) {
          // Not by the process itself: that would close the stream with what it still told.
          assertThat(process.toHandle().destroyForcibly()).isTrue();
        }
      }
    }
    assertThat(process.onExit().orTimeout(20, TimeUnit.SECONDS).join().exitValue()).isEqualTo(137);
    return acknowledged;
  }

  private static boolean isThere(Database database, String key) {
    return database
        .ledger()
        .<Boolean>read(tx -> database.incidents().openByKey(tx, key).isPresent());
  }

  @Test
  void secondProcessOnTheFile_isRefusedInOneLine() throws Exception {
    Path file = folder.resolve("firebreak");
    try (Database database = Opened.file(file)) {
      Process second = Neighbour.start(file);
      try (BufferedReader out = second.inputReader(StandardCharsets.UTF_8)) {
        assertThat(out.readLine())
            .isEqualTo(
                "refused: database "
                    + file
                    + ".mv.db: is in use by another process; stop it, or give this one its own"
                    + " data folder");
      }
      assertThat(second.onExit().orTimeout(20, TimeUnit.SECONDS).join().exitValue()).isEqualTo(1);
      assertThat(database.ledger().commit(tx -> "still here").join()).isEqualTo("still here");
    }
  }
}
