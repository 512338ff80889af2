package dev.firebreak.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The commands {@code breaker list} and {@code breaker close}, against a running service. */
final class BreakerCommands {
  private static final String USAGE =
      "breaker list | breaker close <id> --reason R [--server URL] [--token-file FILE]";

  private BreakerCommands() {}

  static int run(List<String> args, PrintStream out, UnaryOperator<@Nullable String> environment) {
    if (args.isEmpty() || !args.getFirst().equals("close")) {
      RemoteService.toList(args, USAGE, environment)
          .list("/api/v1/breakers", BreakerCommands::line, "no breakers are open", out);
      return 0;
    }
    Set<String> named = new HashSet<>(RemoteService.OPTIONS);
    named.add("reason");
    Options options = new Options(args.subList(1, args.size()), named, Set.of());
    if (options.rest().size() != 1) {
      throw new WrongUse(USAGE);
    }
    String where =
        "/api/v1/breakers/%s?reason=%s"
            .formatted(
                RemoteService.part(options.rest().getFirst()),
                RemoteService.part(options.required("reason")));
    out.println("closed: " + what(RemoteService.of(options, environment).delete(where)));
    return 0;
  }

  private static String line(JsonNode breaker) {
    return "%s  %s since %s: %s"
        .formatted(
            breaker.path("id").asText(),
            what(breaker),
            breaker.path("opened_at").asText(),
            Printed.line(breaker.path("why").asText()));
  }

  private static String what(JsonNode breaker) {
    String runbook = breaker.path("runbook").asText("");
    String subject = breaker.path("subject").asText("");
    return Printed.line(
        (runbook.isEmpty() ? "every runbook" : "the runbook '" + runbook + "'")
            + (subject.isEmpty() ? "" : " on '" + subject + "'"));
  }
}
