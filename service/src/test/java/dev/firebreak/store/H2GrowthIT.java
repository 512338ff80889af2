package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Months of load with retention: the file stays as large as what is kept, and no larger. */
class H2GrowthIT {
  private static final int DAYS = Integer.getInteger("firebreak.growth.days", 120);
  private static final int A_DAY = Integer.getInteger("firebreak.growth.incidents", 30);
  private static final int KEPT_DAYS = 20;
  private static final int RESTART_EVERY = 20;
  private static final int ROUNDS = 16;
  private static final int A_ROUND = 25;
  private static final Pattern TIME = Pattern.compile(",time:([0-9a-f]+),");
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

  /**
   * A constant load on a file that stays open: what is in use moves, so that every part of the file
   * is written again before long. H2 2.5 takes some pages that are gone for pages in use, and never
   * again writes to where they are.
   */
  @Test
  void constantLoad_leavesNoPartOfTheOpenFileBehind() throws IOException, SQLException {
    Path file = folder.resolve("firebreak.mv.db");
    Path copy = folder.resolve("copy.mv.db");
    try (Database database = Opened.file(folder.resolve("firebreak"))) {
      reuseSpaceSoon();
      for (int day = 1; day <= ROUNDS; day++) {
        comeAndGo(database, BEGIN.plus(Duration.ofDays(day)));
      }
      Files.copy(file, copy);
    }
    List<Long> written = written(copy);
    long last = written.getLast();
    System.out.printf(
        "%d parts, %d kB; the oldest was written %d ms before the end, of %d ms%n",
        written.size(), Files.size(copy) / 1024, last - written.getFirst(), last);
    assertThat(last - written.getFirst()).as("age of the oldest part").isLessThan(last / 3);
  }

  private static void comeAndGo(Database database, Instant now) {
    Past past = new Past(database).with(20, 5_000);
    List<CompletableFuture<Past.Left>> written = new ArrayList<>();
    for (int i = 0; i < A_ROUND; i++) {
      written.add(past.begin(now.plusSeconds(i), true));
    }
    written.forEach(CompletableFuture::join);
    RetentionSettings settings = RetentionSettings.of("3d", null, "3d", null, null);
    Housekeeping.Swept unused =
        new Housekeeping(database, settings, () -> Duration.ofHours(1)).sweep(now);
  }

  /** Else what is free stays unused for 45 seconds. */
  private void reuseSpaceSoon() throws SQLException {
    String url = "jdbc:h2:file:" + folder.resolve("firebreak");
    try (Connection connection = DriverManager.getConnection(url, "firebreak", "");
        Statement statement = connection.createStatement()) {
      statement.execute("SET RETENTION_TIME 500");
    }
  }

  /** When the parts of a file were written, in milliseconds since it was made, sorted. */
  private static List<Long> written(Path file) {
    MVStore.Builder builder = new MVStore.Builder().fileName(file.toString());
    try (MVStore store = builder.recoveryMode().autoCommitDisabled().open()) {
      return store.getLayoutMap().entrySet().stream()
          .filter(entry -> entry.getKey().startsWith("chunk."))
          .map(entry -> TIME.matcher(entry.getValue()))
          .filter(Matcher::find)
          .map(time -> Long.parseLong(time.group(1), 16))
          .sorted()
          .toList();
    }
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
