package dev.firebreak.simulation;

import dev.firebreak.core.Actor;
import dev.firebreak.guard.breaker.Breaker;
import dev.firebreak.runbook.Runbook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Those who look after the walls of a world, and whatever else runs into them. */
final class Wardens {
  private static final Actor BEN = Actor.person("ben");
  private static final long CHANCE = 0xbe7;

  private final World world;
  private final Dice dice;

  Wardens(World world) {
    this.world = world;
    this.dice = world.chance(CHANCE);
  }

  void plan(Duration within) {
    if (world.walls().any()) {
      alerts(within);
    }
    if (world.walls().breaks()) {
      now(dice.below(4), within, this::closeBreaker);
    }
  }

  private void now(int times, Duration within, Runnable what) {
    for (int i = 0; i < times; i++) {
      world.time().in(dice.below((int) within.toMillis()), null, "warden", what);
    }
  }

  /** A wall is met by who comes after others. */
  private void alerts(Duration within) {
    People people = new People(world);
    for (int i = dice.from(1, 3); i > 0; i--) {
      Runbook book = dice.of(world.started());
      long at = dice.below((int) within.toMillis());
      for (String host : dice.of(List.of("a"), List.of("a", "b"))) {
        String name = "w" + i + host;
        long later = at + dice.below(2_000);
        world.time().in(later, null, "alert", () -> people.send(book, host, name, name, true));
      }
    }
  }

  /** A breaker opened: when it has rested there are those who would try, all at once. */
  void opened(Breaker breaker) {
    List<Runbook> books =
        world.started().stream().filter(book -> book.name().equals(breaker.runbook())).toList();
    if (world.calm() || books.isEmpty()) {
      return;
    }
    Duration rest = world.walls().rule(breaker.kind()).rest();
    for (String host : List.of("a", "b")) {
      String name = "b" + host + breaker.id();
      world
          .time()
          .in(
              rest.plusSeconds(world.parts().skew()).toMillis() + dice.below(10_000),
              null,
              "alert",
              () -> new People(world).send(books.getFirst(), host, name, name, true));
    }
  }

  private void closeBreaker() {
    List<Breaker> open = world.store().breakers().open(world.store().look());
    Optional<Node> node = world.anyNode();
    if (!open.isEmpty() && node.isPresent()) {
      Breaker breaker = dice.of(open);
      world.trace("ben closes the breaker of " + breaker.what());
      CompletableFuture<Optional<Breaker>> unused =
          node.get().breakers().close(breaker.id(), BEN, "it works again");
    }
  }
}
