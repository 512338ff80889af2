package dev.firebreak.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The commands {@code runbook promotion}, {@code promote} and {@code withdraw}, against a running
 * service.
 */
final class PromotionCommands {
  /** The words they begin with. */
  static final Set<String> WORDS = Set.of("promotion", "promote", "withdraw");

  private static final String USAGE =
      """
      runbook promotion [<name>] | promote <name> --version V --reason R | promote --all --reason R
        | withdraw <name> --version V --reason R
        [--server URL] [--token-file FILE]\
      """;

  /** So much of a version is shown, and wanted back at least. */
  private static final int SHORT = 12;

  private static final String BASE = "/api/v1/runbooks/";

  private PromotionCommands() {}

  static int run(List<String> args, PrintStream out, UnaryOperator<@Nullable String> environment) {
    Set<String> named = new HashSet<>(RemoteService.OPTIONS);
    named.addAll(Set.of("version", "reason"));
    Options options = new Options(args.subList(1, args.size()), named, Set.of("all"));
    boolean every = options.rest().isEmpty();
    String word = args.getFirst();
    boolean lacksName =
        every && !word.equals("promotion") && !(word.equals("promote") && options.has("all"));
    if (options.rest().size() > 1 || lacksName || (!every && options.has("all"))) {
      throw new WrongUse(USAGE);
    }
    RemoteService service = RemoteService.of(options, environment);
    if (word.equals("promotion")) {
      return every ? list(service, out) : show(service, options.rest().getFirst(), out);
    }
    return every ? all(service, options, out) : say(service, word, options, out);
  }

  private static int list(RemoteService service, PrintStream out) {
    service
        .get("/api/v1/runbooks")
        .path("items")
        .forEach(
            book ->
                out.println(
                    "%-10s  %s  %s"
                        .formatted(text(book, "promotion"), shortened(book), text(book, "name"))));
    return 0;
  }

  private static int show(RemoteService service, String name, PrintStream out) {
    JsonNode found = service.get(BASE + RemoteService.part(name) + "/promotion");
    line(found, out);
    found
        .path("rehearsed")
        .forEach(
            change ->
                out.println(
                    "%s  %s  %s"
                        .formatted(
                            text(change, "at"),
                            text(change, "run"),
                            Printed.line(text(change, "what")))));
    if (text(found, "state").equals("rehearsing")) {
      out.println(
          "to have it make its changes: firebreak runbook promote %s --version %s --reason …"
              .formatted(name, shortened(found)));
    }
    return 0;
  }

  private static void line(JsonNode found, PrintStream out) {
    JsonNode said = found.path("said");
    out.println(
        "%s  version %s is %s; %d runs rehearsed it%s"
            .formatted(
                text(found, "runbook"),
                shortened(found),
                text(found, "state"),
                found.path("runs").asInt(),
                said.isObject()
                    ? "; %s: %s"
                        .formatted(
                            Printed.line(text(said, "by")), Printed.line(text(said, "reason")))
                    : ""));
  }

  private static int say(RemoteService service, String word, Options options, PrintStream out) {
    line(
        post(
            service,
            options.rest().getFirst(),
            word,
            options.required("version"),
            options.required("reason")),
        out);
    return 0;
  }

  /** Every version in force, as the service has it now. */
  private static int all(RemoteService service, Options options, PrintStream out) {
    String reason = options.required("reason");
    for (JsonNode book : service.get("/api/v1/runbooks").path("items")) {
      if (!text(book, "promotion").equals("promoted")) {
        line(post(service, text(book, "name"), "promote", text(book, "version"), reason), out);
      }
    }
    return 0;
  }

  private static JsonNode post(
      RemoteService service, String name, String word, String version, String reason) {
    return service.post(
        BASE + RemoteService.part(name) + "/" + word, Map.of("version", version, "reason", reason));
  }

  private static String shortened(JsonNode node) {
    String version = text(node, "version");
    return version.substring(0, Math.min(SHORT, version.length()));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }
}
