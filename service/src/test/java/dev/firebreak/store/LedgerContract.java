package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.core.StoreUnavailable;
import dev.firebreak.run.Incident;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link dev.firebreak.core.Ledger} must do. */
abstract class LedgerContract extends Contract {
  /** As many as a database opens to read, or more: they take turns. */
  private static final int CONNECTIONS = 8;

  private Incident incident() {
    return Samples.incident(Samples.id("key"));
  }

  private CompletableFuture<String> add(Incident incident) {
    return database()
        .ledger()
        .commit(
            tx -> {
              database().incidents().add(tx, incident);
              return incident.id();
            });
  }

  private boolean isThere(Incident incident) {
    return find(tx -> database().incidents().find(tx, incident.id())).isPresent();
  }

  /** Keeps the committer busy, so that what is queued meanwhile shares one group. */
  private CountDownLatch hold() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Boolean> unused =
        database()
            .ledger()
            .commit(
                tx -> {
                  held.countDown();
                  return await(go);
                });
    assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(unused).isNotDone();
    return go;
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Nested
  class Commit {
    @Test
    void workThatFails_leavesItsNeighboursAlone() throws InterruptedException {
      CountDownLatch go = hold();
      Incident before = incident();
      Incident lost = incident();
      Incident after = incident();
      CompletableFuture<String> first = add(before);
      CompletableFuture<String> failing =
          database()
              .ledger()
              .commit(
                  tx -> {
                    database().incidents().add(tx, lost);
                    throw new IllegalArgumentException("no");
                  });
      CompletableFuture<String> doubled = add(before);
      CompletableFuture<String> last = add(after);
      go.countDown();
      assertThat(first.join()).isEqualTo(before.id());
      assertThat(last.join()).isEqualTo(after.id());
      assertThatThrownBy(failing::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(doubled::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .isNotInstanceOf(StoreUnavailable.class);
      assertThat(isThere(before)).isTrue();
      assertThat(isThere(lost)).isFalse();
      assertThat(isThere(after)).isTrue();
      assertThat(database().healthy()).isTrue();
    }

    @Test
    void works_runInTheOrderOfTheirArrivalAndSeeOneAnother() throws InterruptedException {
      CountDownLatch go = hold();
      Incident incident = incident();
      CompletableFuture<String> added = add(incident);
      CompletableFuture<Boolean> seen =
          database()
              .ledger()
              .commit(tx -> database().incidents().find(tx, incident.id()).isPresent());
      go.countDown();
      assertThat(added.join()).isEqualTo(incident.id());
      assertThat(seen.join()).isTrue();
    }

    @Test
    void exceptionOfJavaItself_failsItsOwnWorkOnly() {
      CompletableFuture<String> failing =
          database()
              .ledger()
              .commit(
                  tx -> {
                    throw new StackOverflowError("deep");
                  });
      assertThatThrownBy(failing::join).hasCauseInstanceOf(StackOverflowError.class);
      Incident incident = incident();
      assertThat(add(incident).join()).isEqualTo(incident.id());
    }
  }

  @Nested
  class Effects {
    @Test
    void effects_runInOrderAfterTheCommitAndBeforeTheFuture() throws InterruptedException {
      List<String> seen = new CopyOnWriteArrayList<>();
      CountDownLatch go = hold();
      List<CompletableFuture<Boolean>> futures = new ArrayList<>();
      for (String name : List.of("a", "b", "c")) {
        Incident incident = incident();
        CompletableFuture<Boolean> future =
            database()
                .ledger()
                .commit(
                    tx -> {
                      database().incidents().add(tx, incident);
                      tx.afterCommit(() -> seen.add(name + "1 " + isThere(incident)));
                      tx.afterCommit(() -> seen.add(name + "2"));
                      return true;
                    });
        futures.add(future.thenApply(done -> seen.add(name + " done")));
      }
      go.countDown();
      futures.forEach(CompletableFuture::join);
      assertThat(seen)
          .containsExactly(
              "a1 true", "a2", "b1 true", "b2", "c1 true", "c2", "a done", "b done", "c done");
    }

    @Test
    void effectsOfAWorkThatFailed_areDropped() {
      List<String> seen = new CopyOnWriteArrayList<>();
      assertThatThrownBy(
              () ->
                  write(
                      tx -> {
                        tx.afterCommit(() -> seen.add("lost"));
                        throw new IllegalArgumentException("no");
                      }))
          .isNotNull();
      write(tx -> tx.afterCommit(() -> seen.add("kept")));
      assertThat(seen).containsExactly("kept");
    }

    @Test
    void effectThatThrows_harmsNobody() {
      List<String> seen = new CopyOnWriteArrayList<>();
      write(
          tx -> {
            tx.afterCommit(
                () -> {
                  throw new IllegalArgumentException("an effect of a test");
                });
            tx.afterCommit(() -> seen.add("next"));
          });
      assertThat(seen).containsExactly("next");
    }

    @Test
    void workFromAnEffect_goesIntoTheNextGroup() {
      CompletableFuture<CompletableFuture<String>> inner = new CompletableFuture<>();
      Incident incident = incident();
      write(tx -> tx.afterCommit(() -> inner.complete(add(incident))));
      assertThat(inner.join().join()).isEqualTo(incident.id());
    }
  }

  @Nested
  class Interrupts {
    @Test
    void interruptedCaller_getsItsAnswerAndTheDatabaseLivesOn() {
      Incident incident = incident();
      Thread.currentThread().interrupt();
      CompletableFuture<String> added = add(incident);
      boolean there = added.thenApply(id -> true).join() && isThere(incident);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(there).isTrue();
      assertThat(isThere(incident)).isTrue();
      assertThat(database().healthy()).isTrue();
    }
  }

  @Nested
  class Read {
    @Test
    void exception_reachesTheCaller() {
      assertThatThrownBy(
              () ->
                  read(
                      tx -> {
                        throw new IllegalArgumentException("no");
                      }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no");
    }

    @Test
    void queryInAQuery_isRefusedInsteadOfDeadlocked() {
      assertThatThrownBy(() -> read(outer -> LedgerContract.this.<Boolean>read(inner -> true)))
          .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void queries_seeOneSnapshot() {
      Incident incident = incident();
      List<Boolean> seen =
          read(
              tx -> {
                boolean before = database().incidents().find(tx, incident.id()).isPresent();
                assertThat(add(incident).join()).isNotEmpty();
                boolean after = database().incidents().find(tx, incident.id()).isPresent();
                return List.of(before, after);
              });
      assertThat(seen).containsExactly(false, false);
      assertThat(isThere(incident)).isTrue();
    }

    /** H2 answers a statement from its last result unless told not to, and then for ever. */
    @Test
    void queryAfterTheCommit_seesItOnEveryConnection() {
      for (int i = 0; i < 4 * CONNECTIONS; i++) {
        Incident incident = incident();
        read(
            tx -> {
              assertThat(database().incidents().find(tx, incident.id())).isEmpty();
              String unused = add(incident).join();
              return database().incidents().find(tx, incident.id()).isPresent();
            });
        for (int each = 0; each < CONNECTIONS; each++) {
          assertThat(isThere(incident)).isTrue();
        }
      }
    }

    @Test
    void writesOfAQuery_areNeverKept() {
      Incident incident = incident();
      try {
        read(
            tx -> {
              database().incidents().add(tx, incident);
              return true;
            });
      } catch (RuntimeException refused) {
        assertThat(refused).isNotInstanceOf(StoreUnavailable.class);
      }
      assertThat(isThere(incident)).isFalse();
    }
  }
}
