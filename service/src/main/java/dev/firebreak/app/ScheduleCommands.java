package dev.firebreak.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The commands {@code schedule list}, {@code show}, {@code cover} and {@code import}. */
final class ScheduleCommands {
  private static final String USAGE =
      """
      schedule list | schedule show <name> [--at TIME]
      schedule cover <name> --person P --to TIME [--from TIME] [--reason R]
      schedule import <name> <file.ics>
        [--server URL] [--token-file FILE]   a TIME is like 2026-12-24T18:00:00Z\
      """;

  private ScheduleCommands() {}

  static int run(List<String> args, PrintStream out) {
    Set<String> named = new HashSet<>(RemoteService.OPTIONS);
    named.addAll(Set.of("at", "person", "from", "to", "reason"));
    Options options = new Options(args, named, Set.of());
    List<String> words = options.rest();
    String order = words.isEmpty() ? "" : words.getFirst();
    int wanted =
        switch (order) {
          case "list" -> 1;
          case "show", "cover" -> 2;
          case "import" -> 3;
          default -> -1;
        };
    if (words.size() != wanted) {
      throw new WrongUse(USAGE);
    }
    RemoteService service = RemoteService.of(options, System::getenv);
    return switch (order) {
      case "list" -> list(service, out);
      case "show" -> show(service, words.get(1), options, out);
      case "cover" -> cover(service, words.get(1), options, out);
      default -> bring(service, words.get(1), words.get(2), out);
    };
  }

  private static int list(RemoteService service, PrintStream out) {
    service.list(
        "/api/v1/schedules", ScheduleCommands::line, "there are no schedules in config.yml", out);
    return 0;
  }

  private static String line(JsonNode schedule) {
    return "%s  now %s, then %s%s"
        .formatted(
            schedule.path("name").asText(),
            shift(schedule.path("now")),
            shift(schedule.path("next")),
            schedule.hasNonNull("gap") ? ", NOBODY from " + schedule.at("/gap/from").asText() : "");
  }

  private static String shift(JsonNode shift) {
    return shift.isMissingNode() || shift.isNull()
        ? "nobody"
        : "%s until %s%s"
            .formatted(
                Printed.line(shift.path("person").asText()),
                shift.path("to").asText(),
                shift.hasNonNull("planned")
                    ? " instead of " + Printed.line(shift.path("planned").asText())
                    : "");
  }

  /** Who has it at a moment; without one, the shifts of two weeks. */
  private static int show(RemoteService service, String name, Options options, PrintStream out) {
    String path = "/api/v1/schedules/" + RemoteService.part(name);
    if (options.value("at").isEmpty()) {
      for (JsonNode shift : service.get(path).path("shifts")) {
        out.println("from %s  %s".formatted(shift.path("from").asText(), shift(shift)));
      }
      return 0;
    }
    Instant at = time(options.required("at"));
    JsonNode shifts =
        service.get("%s?from=%s&to=%s".formatted(path, at, at.plusSeconds(1))).path("shifts");
    out.println(
        "%s at %s: %s"
            .formatted(
                name,
                at,
                shifts.isEmpty() ? "nobody" : Printed.line(shifts.get(0).path("person").asText())));
    return shifts.isEmpty() ? 1 : 0;
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new WrongUse("'" + text + "' is no time like 2026-12-24T18:00:00Z");
    }
  }

  private static int cover(RemoteService service, String name, Options options, PrintStream out) {
    Map<String, String> order = new LinkedHashMap<>();
    order.put("person", options.required("person"));
    order.put("to", time(options.required("to")).toString());
    options.value("from").ifPresent(from -> order.put("from", time(from).toString()));
    options.value("reason").ifPresent(reason -> order.put("reason", reason));
    JsonNode made =
        service.post("/api/v1/schedules/" + RemoteService.part(name) + "/overrides", order);
    out.println(
        "%s: %s takes %s from %s to %s"
            .formatted(
                made.path("id").asText(),
                Printed.line(made.path("person").asText()),
                name,
                made.path("from").asText(),
                made.path("to").asText()));
    return 0;
  }

  private static int bring(RemoteService service, String name, String file, PrintStream out) {
    try {
      JsonNode made =
          service.post(
              "/api/v1/schedules/" + RemoteService.part(name) + "/import",
              "text/calendar;charset=UTF-8",
              Files.readString(Path.of(file)));
      out.println(
          "%s: %d overrides made, %d of the last import removed"
              .formatted(name, made.path("made").asInt(), made.path("removed").asInt()));
      return 0;
    } catch (IOException e) {
      throw new StartRefused("the calendar cannot be read from " + file, e);
    }
  }
}
