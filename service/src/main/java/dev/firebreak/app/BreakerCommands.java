package dev.firebreak.app;

import dev.firebreak.core.Actor;
import dev.firebreak.guard.Herald;
import dev.firebreak.guard.breaker.Breaker;
import dev.firebreak.guard.breaker.BreakerDesk;
import dev.firebreak.store.Database;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The commands {@code breaker list} and {@code breaker close}, on the database itself. */
final class BreakerCommands {
  private static final String USAGE =
      "breaker list | breaker close <id> --reason R --by NAME [--config config.yml]";

  private BreakerCommands() {}

  static int run(List<String> args, PrintStream out) {
    if (args.isEmpty()) {
      throw new WrongUse(USAGE);
    }
    Options options =
        new Options(args.subList(1, args.size()), Set.of("reason", "by", "config"), Set.of());
    String config = options.value("config").orElse("config.yml");
    return switch (args.getFirst()) {
      case "list" -> DatabaseCommands.with(config, database -> list(desk(database), out));
      case "close" -> {
        Closing closing = Closing.of(options);
        yield DatabaseCommands.with(config, database -> closing.on(desk(database), out));
      }
      default -> throw new WrongUse(USAGE);
    };
  }

  private static BreakerDesk desk(Database database) {
    Herald herald =
        new Herald(
            database.incidents(),
            database.journal(),
            database.outbox(),
            List.of(),
            warning -> List.of());
    return new BreakerDesk(database.ledger(), database.breakers(), herald, InstantSource.system());
  }

  private static int list(BreakerDesk desk, PrintStream out) {
    for (Breaker breaker : desk.open()) {
      out.println(
          "%s  %s since %s: %s"
              .formatted(breaker.id(), breaker.what(), breaker.openedAt(), breaker.why()));
    }
    return 0;
  }

  private record Closing(String id, String reason, String by) {
    static Closing of(Options options) {
      if (options.rest().size() != 1) {
        throw new WrongUse(USAGE);
      }
      return new Closing(
          options.rest().getFirst(), options.required("reason"), options.required("by"));
    }

    int on(BreakerDesk desk, PrintStream out) {
      Optional<Breaker> closed = desk.close(id, Actor.person(by), reason).join();
      out.println(
          closed
              .map(breaker -> "closed: " + breaker.what())
              .orElse("no such breaker is open; see: breaker list"));
      return closed.isPresent() ? 0 : 1;
    }
  }
}
