package dev.firebreak.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The command {@code freeze import}: makes freezes of the events of a calendar file. */
final class FreezeCommands {
  private static final String USAGE =
      "freeze import <file.ics> [--owner O] [--reason R] [--mode deny|hold|ask] [--scope S]"
          + " [--zone Z] [--server URL] [--token-file FILE]";
  private static final Set<String> TERMS = Set.of("owner", "reason", "mode", "scope", "zone");

  private FreezeCommands() {}

  static int run(List<String> args, PrintStream out, UnaryOperator<@Nullable String> environment) {
    Set<String> named = new HashSet<>(TERMS);
    named.addAll(RemoteService.OPTIONS);
    Options options = new Options(args, named, Set.of());
    if (options.rest().size() != 2 || !options.rest().getFirst().equals("import")) {
      throw new WrongUse(USAGE);
    }
    StringJoiner terms = new StringJoiner("&", "?", "");
    TERMS.forEach(
        term ->
            options
                .value(term)
                .ifPresent(value -> terms.add(term + "=" + RemoteService.part(value))));
    JsonNode brought =
        RemoteService.of(options, environment)
            .post(
                "/api/v1/freezes/import" + terms,
                "text/calendar; charset=utf-8",
                text(options.rest().getLast()));
    for (JsonNode freeze : brought.path("made")) {
      out.println(
          Printed.line(
              "%s  %s: %s to %s, %s"
                  .formatted(
                      freeze.path("id").asText(),
                      freeze.path("name").asText(),
                      freeze.path("from").asText(),
                      freeze.path("until").asText(),
                      freeze.path("zone").asText())));
    }
    out.println(
        "%d made, %d were there already, %d are over"
            .formatted(
                brought.path("made").size(),
                brought.path("known").asInt(),
                brought.path("over").asInt()));
    return 0;
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StartRefused(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
