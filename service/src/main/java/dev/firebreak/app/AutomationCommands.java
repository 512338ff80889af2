package dev.firebreak.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.core.Durations;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The commands {@code automation …}: the halt switch of a running server, and what piled up. */
final class AutomationCommands {
  private static final String USAGE =
      "automation show | automation on|ask|off --reason R [--scope team:T] [--for 2h] [--owner O]"
          + " | automation backlog go_on|cancel|hand_over --scope S --runs N --reason R [--to T]";
  private static final String PATH = "/api/v1/automation";
  private static final Set<String> OPTIONS =
      Stream.concat(
              RemoteService.OPTIONS.stream(),
              Stream.of("scope", "reason", "for", "owner", "runs", "to"))
          .collect(Collectors.toSet());

  private final RemoteService api;
  private final Options options;
  private final PrintStream out;

  private AutomationCommands(RemoteService api, Options options, PrintStream out) {
    this.api = api;
    this.options = options;
    this.out = out;
  }

  static int run(List<String> args, PrintStream out, UnaryOperator<@Nullable String> environment) {
    if (args.isEmpty()) {
      throw new WrongUse(USAGE);
    }
    Options options = new Options(args.subList(1, args.size()), OPTIONS, Set.of());
    AutomationCommands commands =
        new AutomationCommands(RemoteService.of(options, environment), options, out);
    return switch (args.getFirst()) {
      case "show" -> commands.show();
      case "on", "ask", "off" -> commands.set(args.getFirst());
      case "backlog" -> commands.choose();
      default -> throw new WrongUse(USAGE);
    };
  }

  private int show() {
    JsonNode is = api.get(PATH);
    line(is);
    is.path("parts").forEach(this::line);
    backlog();
    return 0;
  }

  private void say(String text) {
    out.println(Printed.line(text));
  }

  private void line(JsonNode is) {
    say(
        "%s is %s, by %s at %s%s: %s"
            .formatted(
                is.path("scope").asText(),
                is.path("mode").asText(),
                is.path("by").asText(),
                is.path("at").asText(),
                is.has("until") ? ", until " + is.path("until").asText() : "",
                is.path("reason").asText()));
  }

  private void backlog() {
    for (JsonNode heap : api.get(PATH + "/backlog").path("items")) {
      say(
          "piled up, %s: %d runs, %d have not ended; choose: automation backlog go_on|cancel|hand_over --scope %s --runs %d --reason …"
              .formatted(
                  heap.path("scope").asText(),
                  heap.path("runs").asInt(),
                  heap.path("live").asInt(),
                  heap.path("scope").asText(),
                  heap.path("runs").asInt()));
    }
  }

  private int set(String mode) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("mode", mode);
    order.put("reason", options.required("reason"));
    options.value("scope").ifPresent(scope -> order.put("scope", scope));
    options.value("owner").ifPresent(owner -> order.put("owner", owner));
    options
        .value("for")
        .ifPresent(
            text -> order.put("until", Instant.now().plus(Durations.parse(text)).toString()));
    line(put(order));
    backlog();
    return 0;
  }

  private JsonNode put(Map<String, Object> order) {
    try {
      return api.put(PATH, order);
    } catch (StartRefused e) {
      throw e.getCause() instanceof IOException
          ? new StartRefused(
              e.getMessage()
                  + ". Without it, the file HALT in the data folder of each node stops changes",
              e)
          : e;
    }
  }

  private int choose() {
    if (options.rest().size() != 1) {
      throw new WrongUse(USAGE);
    }
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("scope", options.required("scope"));
    order.put("choice", options.rest().getFirst());
    order.put("runs", number(options.required("runs")));
    order.put("reason", options.required("reason"));
    options.value("to").ifPresent(to -> order.put("to", to));
    JsonNode done = api.post(PATH + "/backlog", order);
    out.println("followed for %d runs".formatted(done.path("followed").asInt()));
    done.path("left")
        .forEach(
            left ->
                say(
                    "left: %s: %s"
                        .formatted(left.path("run").asText(), left.path("why").asText())));
    return done.path("left").isEmpty() ? 0 : 1;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new WrongUse("--runs: '" + text + "' is no number");
    }
  }
}
