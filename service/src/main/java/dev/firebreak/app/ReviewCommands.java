package dev.firebreak.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The commands {@code review list} and {@code review close}, against a running service. */
final class ReviewCommands {
  private static final String USAGE =
      "review list | review close <id> --finding F [--server URL] [--token-file FILE]";

  private ReviewCommands() {}

  static int run(List<String> args, PrintStream out, UnaryOperator<@Nullable String> environment) {
    if (args.isEmpty() || !args.getFirst().equals("close")) {
      RemoteService.toList(args, USAGE, environment)
          .list("/api/v1/reviews", ReviewCommands::line, "no reviews are open", out);
      return 0;
    }
    Set<String> named = new HashSet<>(RemoteService.OPTIONS);
    named.add("finding");
    Options options = new Options(args.subList(1, args.size()), named, Set.of());
    if (options.rest().size() != 1) {
      throw new WrongUse(USAGE);
    }
    String where =
        "/api/v1/reviews/%s/close".formatted(RemoteService.part(options.rest().getFirst()));
    Map<String, String> finding = Map.of("finding", options.required("finding"));
    out.println(line(RemoteService.of(options, environment).post(where, finding)));
    return 0;
  }

  private static String line(JsonNode review) {
    String closer = review.path("closed_by").asText("");
    return "%s  %s, %s broke the glass for step %s of %s at %s: %s%s"
        .formatted(
            review.path("id").asText(),
            review.path("status").asText(),
            Printed.line(review.path("person").asText()),
            Printed.line(review.path("step").asText()),
            review.path("run").asText(),
            review.path("broken_at").asText(),
            Printed.line(review.path("reason").asText()),
            closer.isEmpty()
                ? ""
                : "%n  closed by %s: %s"
                    .formatted(
                        Printed.line(closer), Printed.line(review.path("finding").asText())));
  }
}
