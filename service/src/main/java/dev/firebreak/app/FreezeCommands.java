package dev.firebreak.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command {@code freeze import}: makes freezes of the events of a calendar file. */
final class FreezeCommands {
  private static final String USAGE =
      "freeze import <file.ics> [--owner O] [--reason R] [--mode deny|hold|ask] [--scope S]"
          + " [--zone Z] [--url http://localhost:8080]";
  private static final Set<String> TERMS = Set.of("owner", "reason", "mode", "scope", "zone");

  private FreezeCommands() {}

  static int run(List<String> args, PrintStream out, Map<String, String> environment) {
    Options options =
        new Options(args, Set.of("owner", "reason", "mode", "scope", "zone", "url"), Set.of());
    if (options.rest().size() != 2 || !options.rest().getFirst().equals("import")) {
      throw new WrongUse(USAGE);
    }
    Map<String, String> terms = new LinkedHashMap<>();
    TERMS.forEach(term -> options.value(term).ifPresent(value -> terms.put(term, value)));
    RemoteApi api = new RemoteApi(options, environment);
    JsonNode brought =
        api.calendar("/api/v1/freezes/import", terms, text(options.rest().getLast()));
    for (JsonNode freeze : brought.path("made")) {
      out.println(
          "%s  %s: %s to %s, %s"
              .formatted(
                  freeze.path("id").asText(),
                  freeze.path("name").asText(),
                  freeze.path("from").asText(),
                  freeze.path("until").asText(),
                  freeze.path("zone").asText()));
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
