package dev.firebreak.app;

import dev.firebreak.access.Role;
import dev.firebreak.access.Token;
import dev.firebreak.access.TokenDesk;
import dev.firebreak.core.Durations;
import dev.firebreak.core.Ids;
import dev.firebreak.core.Instants;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** The commands {@code token create}, {@code list} and {@code revoke}, on the database itself. */
final class TokenCommands {
  private static final String USAGE =
      "token create --name N --roles R[,R] | token list | token revoke <id>";

  private TokenCommands() {}

  static int run(List<String> args, PrintStream out) {
    if (args.isEmpty()) {
      throw new WrongUse(USAGE);
    }
    Options options =
        new Options(
            args.subList(1, args.size()), Set.of("name", "roles", "config", "expires"), Set.of());
    return switch (args.getFirst()) {
      case "create" -> with(options, desk -> create(desk, options, out));
      case "list" -> with(options, desk -> list(desk, out));
      case "revoke" -> with(options, desk -> revoke(desk, options, out));
      default -> throw new WrongUse(USAGE);
    };
  }

  private interface Work {
    int on(TokenDesk desk);
  }

  private static int with(Options options, Work work) {
    return DatabaseCommands.with(
        options.value("config").orElse("config.yml"),
        database ->
            work.on(
                new TokenDesk(
                    database.ledger(),
                    database.tokens(),
                    new Ids(InstantSource.system()),
                    InstantSource.system())));
  }

  private static int create(TokenDesk desk, Options options, PrintStream out) {
    try {
      Set<Role> roles =
          Arrays.stream(options.required("roles").split(",", -1))
              .map(Role::parse)
              .collect(Collectors.toSet());
      Instant expires =
          options.value("expires").map(Durations::parse).map(Instant.now()::plus).orElse(null);
      TokenDesk.Issued issued =
          desk.create(options.required("name"), roles, expires, "command line").join();
      out.println(issued.secret());
      out.println("shown this once: token " + issued.token().id() + " of " + issued.token().name());
      return 0;
    } catch (IllegalArgumentException e) {
      throw new WrongUse(String.valueOf(e.getMessage()));
    } catch (CompletionException e) {
      throw new StartRefused("no token was created: " + e.getMessage(), e);
    }
  }

  private static int list(TokenDesk desk, PrintStream out) {
    for (Token token : desk.list()) {
      String roles =
          token.roles().stream().map(Role::asText).sorted().collect(Collectors.joining(","));
      String state =
          token.revokedAt() == null ? "in force" : "revoked " + Instants.text(token.revokedAt());
      out.println(
          "%s  %-20s %-24s created %s  %s"
              .formatted(token.id(), token.name(), roles, token.createdAt(), state));
    }
    return 0;
  }

  private static int revoke(TokenDesk desk, Options options, PrintStream out) {
    if (options.rest().size() != 1) {
      throw new WrongUse("token revoke needs one id; see: token list");
    }
    boolean done = desk.revoke(options.rest().getFirst()).join();
    out.println(done ? "revoked" : "there is no such token in force");
    return done ? 0 : 1;
  }
}
