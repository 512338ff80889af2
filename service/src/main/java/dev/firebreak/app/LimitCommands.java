package dev.firebreak.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The commands {@code limit list} and {@code lock list}, against a running service. */
final class LimitCommands {
  private LimitCommands() {}

  static int run(
      String command,
      List<String> args,
      PrintStream out,
      UnaryOperator<@Nullable String> environment) {
    String usage = command + " list [--server URL] [--token-file FILE]";
    RemoteService service = RemoteService.toList(args, usage, environment);
    if (command.equals("limit")) {
      service.list("/api/v1/limits", LimitCommands::limit, "no limits are in force", out);
    } else {
      service.list("/api/v1/locks", LimitCommands::lock, "no locks are held", out);
    }
    return 0;
  }

  private static String limit(JsonNode limit) {
    String free = limit.path("free_at").asText("");
    return "%-8s %-40s %d left: %d of %d within %s%s"
        .formatted(
            Printed.line(limit.path("level").asText()),
            Printed.line(limit.path("name").asText("")),
            limit.path("left").asInt(),
            limit.path("used").asInt(),
            limit.path("max").asInt(),
            limit.path("per").asText(),
            free.isEmpty() ? "" : "; room at " + free);
  }

  private static String lock(JsonNode lock) {
    String holder = lock.path("run").asText("");
    String waiting =
        StreamSupport.stream(lock.path("waiting").spliterator(), false)
            .map(place -> place.path("run").asText())
            .collect(Collectors.joining(", "));
    return "%s  %s%s"
        .formatted(
            Printed.line(lock.path("target").asText()),
            holder.isEmpty() ? "free" : holder + " since " + lock.path("since").asText(),
            waiting.isEmpty() ? "" : "; then " + waiting);
  }
}
