package dev.firebreak.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.guard.ChangeMarks;
import dev.firebreak.guard.Counted;
import dev.firebreak.guard.Intent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many that want the last place of a limit at once, on every connection there is. */
abstract class LimitRaceContract {
  private static final Instant NOON = Contract.NOON;
  private static final int MAX = 7;
  private static final int TRIES = 60;

  private final ExecutorService threads = Executors.newFixedThreadPool(8);

  /** The nodes that race; they share a database. */
  abstract List<Database> nodes();

  @AfterEach
  void stop() throws InterruptedException {
    threads.shutdown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void limitOfEveryLevel_isNeverExceeded_howeverManyRaceForIt() {
    String book = Samples.id("book");
    String target = Samples.id("redis/");
    String service = Samples.id("service");
    String team = Samples.id("team");
    race(new Counted.Fix(book, "restart", target), book, target, ChangeMarks.NONE);
    race(new Counted.Target(target + 1), Samples.id("book"), target + 1, ChangeMarks.NONE);
    race(new Counted.Book(book + 1), book + 1, target + 2, ChangeMarks.NONE);
    race(new Counted.Service(service), book, target + 3, new ChangeMarks("", service, "", ""));
    race(new Counted.Team(team), book, target + 4, new ChangeMarks(team, "", "", ""));
  }

  private void race(Counted what, String book, String target, ChangeMarks marks) {
    List<CompletableFuture<Boolean>> tries = new ArrayList<>();
    for (int i = 0; i < TRIES; i++) {
      Database node = nodes().get(i % nodes().size());
      tries.add(
          CompletableFuture.supplyAsync(() -> changed(node, what, book, target, marks), threads)
              .thenCompose(made -> made));
    }
    long made = tries.stream().filter(CompletableFuture::join).count();
    Database node = nodes().getFirst();
    int counted = node.ledger().read(tx -> node.intents().count(tx, what, NOON.minusSeconds(1)));
    assertThat(made).as("%s", what).isEqualTo(MAX);
    assertThat(counted).as("%s", what).isEqualTo(MAX);
  }

  private static CompletableFuture<Boolean> changed(
      Database node, Counted what, String book, String target, ChangeMarks marks) {
    return node.ledger()
        .commit(
            tx -> {
              if (node.intents().reached(tx, what, NOON.minusSeconds(1), MAX)) {
                return false;
              }
              node.intents()
                  .add(
                      tx,
                      new Intent(
                          Samples.id("int"),
                          Samples.id("run"),
                          "restart",
                          1,
                          book,
                          "command",
                          List.of(target),
                          "cafe",
                          null,
                          NOON,
                          null,
                          null),
                      marks);
              return true;
            });
  }
}
