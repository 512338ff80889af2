package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.run.Incident;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bounds of the queue, the end of a ledger, and a database that breaks under it. */
class GroupCommitTest {
  @TempDir Path folder;

  private Database open(int queue, int readers) {
    return open(queue, readers, Duration.ofSeconds(30));
  }

  private Database open(int queue, int readers, Duration longestRead) {
    return Opened.of(
        new DatabaseSettings(
            DatabaseSettings.Type.H2,
            folder.resolve("firebreak").toString(),
            null,
            "firebreak",
            null,
            queue,
            readers,
            longestRead));
  }

  private static CompletableFuture<String> add(Database database, Incident incident) {
    return database
        .ledger()
        .commit(
            tx -> {
              database.incidents().add(tx, incident);
              return incident.id();
            });
  }

  private static boolean isThere(Database database, Incident incident) {
    return database
        .ledger()
        .<Boolean>read(tx -> database.incidents().find(tx, incident.id()).isPresent());
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void fullQueue_refusesAtOnceAndKeepsWhatItTook() {
    try (Database database = open(2, 1)) {
      CountDownLatch held = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      CompletableFuture<Boolean> first =
          database
              .ledger()
              .commit(
                  tx -> {
                    held.countDown();
                    return await(go);
                  });
      assertThat(await(held)).isTrue();
      Incident one = Samples.incident("one");
      Incident two = Samples.incident("two");
      CompletableFuture<String> queued = add(database, one);
      CompletableFuture<String> alsoQueued = add(database, two);
      CompletableFuture<String> refused = add(database, Samples.incident("three"));
      assertThat(refused).isCompletedExceptionally();
      assertThatThrownBy(refused::join)
          .cause()
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("queue");
      assertThat(database.waiting()).isEqualTo(2);
      go.countDown();
      assertThat(first.join()).isTrue();
      assertThat(queued.join()).isEqualTo(one.id());
      assertThat(alsoQueued.join()).isEqualTo(two.id());
    }
  }

  @Test
  void close_commitsWhatWaitsAndRefusesWhatComes() {
    List<CompletableFuture<String>> queued = new ArrayList<>();
    List<Incident> incidents = new ArrayList<>();
    Database database = open(1_000, 1);
    for (int i = 0; i < 500; i++) {
      Incident incident = Samples.incident("key " + i);
      incidents.add(incident);
      queued.add(add(database, incident));
    }
    database.close();
    assertThat(queued).allSatisfy(it -> assertThat(it).isCompleted());
    assertThatThrownBy(() -> add(database, Samples.incident("late")).join())
        .hasCauseInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> isThere(database, incidents.getFirst()))
        .isInstanceOf(StoreUnavailable.class);
    try (Database again = open(1_000, 1)) {
      assertThat(incidents).allMatch(it -> isThere(again, it));
    }
  }

  @Test
  void closeTwice_isNoError() {
    Database database = open(10, 2);
    database.close();
    database.close();
  }

  @Test
  void databaseThatBreaks_failsTheGroupRunsNoEffectAndIsOpenedAnew() throws Exception {
    try (Database database = open(10, 1)) {
      Incident kept = Samples.incident("kept");
      assertThat(add(database, kept).join()).isEqualTo(kept.id());
      breakIt();
      List<String> effects = new ArrayList<>();
      CompletableFuture<String> lost =
          database
              .ledger()
              .commit(
                  tx -> {
                    tx.afterCommit(() -> effects.add("lost"));
                    return "answer";
                  });
      assertThatThrownBy(lost::join).cause().isInstanceOf(StoreUnavailable.class);
      assertThat(effects).isEmpty();
      assertThat(database.healthy()).isFalse();
      assertThat(database.fault()).isPresent();

      Incident next = Samples.incident("next");
      assertThat(add(database, next).join()).isEqualTo(next.id());
      assertThat(database.healthy()).isTrue();
      assertThat(isThere(database, kept)).isTrue();
    }
  }

  /** Closes the file under everybody, as an interrupted thread would. */
  private void breakIt() throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve("firebreak"), "firebreak", "");
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    }
  }

  @Test
  void slowQuery_isGivenUpAndOthersGoOn() {
    try (Database database = open(10, 2, Duration.ofSeconds(1))) {
      CountDownLatch go = new CountDownLatch(1);
      assertThatThrownBy(() -> database.ledger().<Boolean>read(tx -> await(go)))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("1000 ms");
      assertThat(database.ledger().<Boolean>read(tx -> true)).isTrue();
      go.countDown();
    }
  }
}
