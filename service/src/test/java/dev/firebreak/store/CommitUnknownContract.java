package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.run.Incident;
import dev.firebreak.store.FaultyDatabase.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * A commit whose answer is lost either stands, and then its future and its effects say so, or does
 * not, and then nothing of it does. Nobody is told the wrong one.
 */
abstract class CommitUnknownContract {
  private static final int WORKS = 150;

  abstract FaultyDatabase faulty();

  /** One whose committer is connected. */
  private static Database opened(FaultyDatabase faulty) {
    Database database = faulty.open();
    assertThat(database.ledger().commit(tx -> 1).join()).isEqualTo(1);
    return database;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static CompletableFuture<String> add(
      Database database, Incident incident, Runnable effect) {
    return database
        .ledger()
        .commit(
            tx -> {
              database.incidents().add(tx, incident);
              tx.afterCommit(effect);
              return incident.id();
            });
  }

  private static boolean isThere(Database database, Incident incident) {
    return database
        .ledger()
        .<Boolean>read(tx -> database.incidents().find(tx, incident.id()).isPresent());
  }

  @Test
  void answerLostAfterTheCommit_commitStandsAndItsEffectsRunOnce() {
    FaultyDatabase faulty = faulty();
    try (Database database = opened(faulty)) {
      Incident incident = Samples.incident("after");
      AtomicInteger effects = new AtomicInteger();
      faulty.breaks(Place.AFTER_COMMIT, 1);
      assertThat(add(database, incident, effects::incrementAndGet).join()).isEqualTo(incident.id());
      assertThat(faulty.failures()).isEqualTo(1);
      assertThat(effects).hasValue(1);
      assertThat(isThere(database, incident)).isTrue();
      assertThat(database.healthy()).isTrue();
    }
  }

  @Test
  void connectionLostBeforeTheCommit_nothingStands() {
    FaultyDatabase faulty = faulty();
    try (Database database = opened(faulty)) {
      Incident incident = Samples.incident("before");
      AtomicInteger effects = new AtomicInteger();
      faulty.breaks(Place.BEFORE_COMMIT, 1);
      assertThatThrownBy(() -> add(database, incident, effects::incrementAndGet).join())
          .hasCauseInstanceOf(StoreUnavailable.class);
      assertThat(effects).hasValue(0);
      assertThat(isThere(database, incident)).isFalse();
    }
  }

  @Test
  void databaseGoneAfterTheCommit_isAskedUntilItAnswersAndRefusesTheOthers() {
    FaultyDatabase faulty = faulty();
    try (Database database = opened(faulty)) {
      Incident incident = Samples.incident("gone");
      AtomicInteger effects = new AtomicInteger();
      AtomicBoolean gone = new AtomicBoolean();
      AtomicBoolean back = new AtomicBoolean();
      faulty.breaks(
          place ->
              (place == Place.AFTER_COMMIT && gone.compareAndSet(false, true))
                  || (place == Place.CONNECT && gone.get() && !back.get()));
      CompletableFuture<String> first = add(database, incident, effects::incrementAndGet);
      await(() -> faulty.failures() >= 2);
      CompletableFuture<String> later = add(database, Samples.incident("later"), () -> {});
      assertThatThrownBy(() -> later.orTimeout(20, TimeUnit.SECONDS).join())
          .hasCauseInstanceOf(StoreUnavailable.class);
      await(() -> faulty.failures() >= 3);
      assertThat(first).isNotDone();
      back.set(true);
      assertThat(first.join()).isEqualTo(incident.id());
      assertThat(effects).hasValue(1);
    }
  }

  @Test
  void databaseGoneForGood_closingEnds() throws Exception {
    FaultyDatabase faulty = faulty();
    Database database = opened(faulty);
    faulty.breaks(place -> place == Place.AFTER_COMMIT || place == Place.CONNECT);
    CompletableFuture<String> first = add(database, Samples.incident("gone"), () -> {});
    await(() -> faulty.failures() >= 2);
    CompletableFuture.runAsync(database::close).get(20, TimeUnit.SECONDS);
    assertThat(first).isCompletedExceptionally();
  }

  @Test
  void driverThatFailsAnywhereAtRandom_isNeverBelievedWrongly() {
    FaultyDatabase faulty = faulty();
    Random random = new Random(20_261_122);
    try (Database database = opened(faulty)) {
      faulty.breaks(
          place ->
              switch (place) {
                case STATEMENT -> random.nextInt(200) == 0;
                case CONNECT -> random.nextInt(8) == 0;
                case FLUSH, BEFORE_COMMIT, AFTER_COMMIT -> random.nextInt(10) == 0;
              });
      ConcurrentHashMap<String, Integer> effects = new ConcurrentHashMap<>();
      List<Incident> stored = new ArrayList<>();
      List<Incident> refused = new ArrayList<>();
      for (int i = 0; i < WORKS; i++) {
        Incident incident = Samples.incident("random-" + i);
        try {
          assertThat(
                  add(
                          database,
                          incident,
                          () -> {
                            Integer unused = effects.merge(incident.id(), 1, Integer::sum);
                          })
                      .join())
              .isEqualTo(incident.id());
          stored.add(incident);
        } catch (java.util.concurrent.CompletionException e) {
          assertThat(e).hasCauseInstanceOf(StoreUnavailable.class);
          refused.add(incident);
        }
      }
      faulty.breaks(place -> false);
      assertThat(database.ledger().commit(tx -> 1).join()).isEqualTo(1);
      assertThat(stored).isNotEmpty().allMatch(it -> isThere(database, it));
      assertThat(refused).isNotEmpty().noneMatch(it -> isThere(database, it));
      assertThat(effects.keySet())
          .containsExactlyInAnyOrderElementsOf(stored.stream().map(Incident::id).toList());
      assertThat(effects.values()).containsOnly(1);
      System.out.printf(
          "faulty driver: %d failures, %d works stored, %d refused, losses 0, believed wrongly 0%n",
          faulty.failures(), stored.size(), refused.size());
    }
  }

  @Test
  void manyAtOnceAndFailuresAnywhere_eachIsToldTheTruth() {
    FaultyDatabase faulty = faulty();
    Random random = new Random(22_112_026);
    try (Database database = opened(faulty)) {
      faulty.breaks(
          place ->
              switch (place) {
                case STATEMENT -> random.nextInt(1_000) == 0;
                case CONNECT -> random.nextInt(8) == 0;
                case FLUSH, BEFORE_COMMIT, AFTER_COMMIT -> random.nextInt(8) == 0;
              });
      List<Incident> incidents = new ArrayList<>();
      List<CompletableFuture<String>> told = new ArrayList<>();
      AtomicInteger effects = new AtomicInteger();
      for (int i = 0; i < 3 * WORKS; i++) {
        Incident incident = Samples.incident("many-" + i);
        incidents.add(incident);
        told.add(add(database, incident, effects::incrementAndGet));
        if (i % 7 == 0) {
          await(told.getLast()::isDone);
        }
      }
      told.forEach(it -> await(it::isDone));
      faulty.breaks(place -> false);
      assertThat(database.ledger().commit(tx -> 1).join()).isEqualTo(1);
      for (int i = 0; i < told.size(); i++) {
        assertThat(isThere(database, incidents.get(i)))
            .as("there; told: %s", told.get(i))
            .isEqualTo(!told.get(i).isCompletedExceptionally());
      }
      assertThat(effects)
          .hasValue((int) told.stream().filter(it -> !it.isCompletedExceptionally()).count());
      assertThat(effects.get()).isBetween(1, told.size() - 1);
    }
  }
}
