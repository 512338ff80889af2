package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Months of load with retention: the file stays as large as what is kept, and no larger. */
class H2GrowthIT {
  private static final int DAYS = Integer.getInteger("firebreak.growth.days", 120);
  private static final int A_DAY = Integer.getInteger("firebreak.growth.incidents", 30);
  private static final int KEPT_DAYS = 20;
  private static final int RESTART_EVERY = 20;
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  /** The file when it was closed, and how long that took. */
  private record Closed(int day, long open, long megabytesTenths, long millis) {}

  @Test
  void monthsOfLoad_doNotGrowTheFile() throws IOException {
    List<Closed> sizes = new ArrayList<>();
    int day = 0;
    while (day < DAYS) {
      Database database = Opened.file(folder.resolve("firebreak"));
      for (int end = day + RESTART_EVERY; day < end; day++) {
        live(database, day);
      }
      long open = Files.size(folder.resolve("firebreak.mv.db"));
      long began = System.nanoTime();
      database.close();
      long millis = (System.nanoTime() - began) / 1_000_000;
      long size = Files.size(folder.resolve("firebreak.mv.db"));
      sizes.add(new Closed(day, open * 10 / (1 << 20), size * 10 / (1 << 20), millis));
    }
    sizes.forEach(
        it ->
            System.out.printf(
                "day %3d: %.1f MB, closed in %d ms: %.1f MB%n",
                it.day(), it.open() / 10.0, it.millis(), it.megabytesTenths() / 10.0));
    long full = sizes.get(KEPT_DAYS / RESTART_EVERY).megabytesTenths();
    assertThat(sizes.getLast().megabytesTenths()).isLessThanOrEqualTo(full * 3 / 2);
    assertThat(full).as("what is kept, in tenths of megabytes").isLessThan(200);
    assertThat(sizes).allSatisfy(it -> assertThat(it.millis()).isLessThan(20_000));
  }

  private static void live(Database database, int day) {
    Instant now = BEGIN.plus(Duration.ofDays(day));
    Past past = new Past(database).with(20, 20_000);
    List<CompletableFuture<Past.Left>> written = new ArrayList<>();
    for (int i = 0; i < A_DAY; i++) {
      written.add(past.begin(now.plusSeconds(i), true));
    }
    written.forEach(CompletableFuture::join);
    RetentionSettings settings = RetentionSettings.of(KEPT_DAYS + "d", null, "5d", null, null);
    Housekeeping.Swept swept =
        new Housekeeping(database, settings, () -> Duration.ofHours(1)).sweep(now);
    assertThat(swept.incidents()).isEqualTo(day > KEPT_DAYS ? A_DAY : 0);
  }
}
