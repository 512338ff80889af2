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
 * The commands {@code contact list}, {@code code} and {@code verify}, against a running service.
 */
final class ContactCommands {
  private static final String USAGE =
      "contact list | contact code <id> | contact verify <id> --code C [--server URL] [--token-file"
          + " FILE]";

  private ContactCommands() {}

  static int run(List<String> args, PrintStream out, UnaryOperator<@Nullable String> environment) {
    String word = args.isEmpty() ? "" : args.getFirst();
    return switch (word) {
      case "list" -> list(RemoteService.toList(args, USAGE, environment), out);
      case "code", "verify" -> order(word, args.subList(1, args.size()), out, environment);
      default -> throw new WrongUse(USAGE);
    };
  }

  private static int list(RemoteService service, PrintStream out) {
    service.list(
        "/api/v1/contacts",
        ContactCommands::line,
        "nobody has contacts; they stand in 'people' of config.yml",
        out);
    return 0;
  }

  private static int order(
      String word,
      List<String> args,
      PrintStream out,
      UnaryOperator<@Nullable String> environment) {
    Set<String> named = new HashSet<>(RemoteService.OPTIONS);
    if (word.equals("verify")) {
      named.add("code");
    }
    Options options = new Options(args, named, Set.of());
    if (options.rest().size() != 1) {
      throw new WrongUse(USAGE);
    }
    String id = options.rest().getFirst();
    Map<String, String> body =
        word.equals("verify") ? Map.of("code", options.required("code")) : Map.of();
    JsonNode answer =
        RemoteService.of(options, environment)
            .post("/api/v1/contacts/" + RemoteService.part(id) + "/" + word, body);
    out.println(
        word.equals("verify")
            ? line(answer)
            : "sent (%s); then: firebreak contact verify %s --code …"
                .formatted(Printed.line(answer.path("answer").asText()), id));
    return 0;
  }

  private static String line(JsonNode contact) {
    String proven = contact.path("proven_at").asText("");
    return "%s  %s  %s  %s"
        .formatted(
            contact.path("id").asText(),
            Printed.line(contact.path("person").asText()),
            Printed.line(contact.path("shown").asText()),
            proven.isEmpty() ? "not verified" : "verified " + proven);
  }
}
