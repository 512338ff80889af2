package dev.firebreak.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The commands {@code gates}, {@code approve} and {@code reject}, against a running service. */
final class GateCommands {
  private static final String USAGE =
      """
      gates [<gate>] | break-glass <gate or run> --plan P --reason R | approve <gate or run> --plan P --reason R [--answer NAME=VALUE]... | reject <gate or run> --reason R
        [--server URL] [--token-file FILE]\
      """;

  /** So much of a plan's hash is shown, and wanted back at least. */
  private static final int SHORT = 12;

  private GateCommands() {}

  static int run(String command, List<String> args, PrintStream out) {
    Set<String> named = new HashSet<>(RemoteService.OPTIONS);
    named.addAll(Set.of("plan", "reason", "answer"));
    Options options = new Options(args, named, Set.of());
    if (options.rest().size() > 1 || (options.rest().isEmpty() && !command.equals("gates"))) {
      throw new WrongUse(USAGE);
    }
    RemoteService service = RemoteService.of(options, System::getenv);
    return switch (command) {
      case "gates" -> show(service, options, out);
      case "approve", "break-glass" -> approve(service, command, options, out);
      default -> decide(service, gate(service, options), "reject", options, out);
    };
  }

  private static int show(RemoteService service, Options options, PrintStream out) {
    if (options.rest().isEmpty()) {
      JsonNode open = service.get("/api/v1/gates?status=open&limit=200").path("items");
      open.forEach(gate -> line(gate, out));
      out.println(open.isEmpty() ? "nothing is asked" : "see one whole: firebreak gates <gate>");
      return 0;
    }
    JsonNode gate = gate(service, options);
    line(gate, out);
    out.println("why: " + text(gate, "why"));
    gate.path("plan").properties().stream()
        .filter(field -> !field.getKey().equals("form"))
        .forEach(field -> plan(field.getValue(), "plan." + field.getKey(), out));
    gate.path("form").forEach(field -> field(field, gate.path("answers"), out));
    if (open(gate)) {
      out.println(
          "to approve exactly this: firebreak approve %s --plan %s%s --reason …"
              .formatted(
                  text(gate, "id"), text(gate, "plan_hash").substring(0, SHORT), answers(gate)));
    }
    return 0;
  }

  /** What is to be filled in, or was: who approves later says the same. */
  private static void field(JsonNode field, JsonNode answers, PrintStream out) {
    JsonNode given = answers.path(text(field, "name"));
    String options = String.join(", ", texts(field.path("options")));
    String what =
        text(field, "type")
            + (options.isEmpty() ? "" : " of " + options)
            + (field.has("min") ? ", at least " + text(field, "min") : "")
            + (field.has("max") ? ", at most " + text(field, "max") : "")
            + (field.path("required").asBoolean() ? "" : ", optional")
            + (field.has("default") ? ", usually " + text(field, "default") : "");
    out.println(
        Printed.line(
            "fill in %s: %s (%s)%s%s"
                .formatted(
                    text(field, "name"),
                    text(field, "label"),
                    what,
                    text(field, "help").isEmpty() ? "" : ": " + text(field, "help"),
                    given.isMissingNode() ? "" : "; it stands at " + given.asText())));
  }

  private static String answers(JsonNode gate) {
    StringBuilder options = new StringBuilder();
    for (JsonNode field : gate.path("form")) {
      String name = text(field, "name");
      JsonNode given = gate.path("answers").path(name);
      if (!given.isMissingNode() || field.path("required").asBoolean()) {
        String value = given.isMissingNode() ? "…" : given.asText();
        options.append(" --answer ").append(Printed.line(quoted(name + "=" + value)));
      }
    }
    return options.toString();
  }

  /** So that a shell takes it as one word. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_=.,:/@…-]*") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static Map<String, Object> given(Options options) {
    Map<String, Object> given = new LinkedHashMap<>();
    for (String answer : options.values("answer")) {
      int sign = answer.indexOf('=');
      if (sign < 1) {
        throw new WrongUse("--answer is NAME=VALUE, not '" + answer + "'");
      }
      if (given.put(answer.substring(0, sign), answer.substring(sign + 1)) != null) {
        throw new WrongUse("'" + answer.substring(0, sign) + "' is answered twice");
      }
    }
    return given;
  }

  private static void line(JsonNode gate, PrintStream out) {
    long yes =
        StreamSupport.stream(gate.path("votes").spliterator(), false)
            .filter(vote -> vote.path("approve").asBoolean())
            .count();
    out.println(
        "%s  %s  %s%n  run %s, asks %s, %d of %d approvals"
            .formatted(
                text(gate, "id"),
                standing(gate),
                Printed.line(text(gate, "question")),
                text(gate, "run"),
                Printed.line(String.join(", ", texts(gate.path("asked")))),
                yes,
                gate.path("quorum").asInt()));
  }

  private static String standing(JsonNode gate) {
    return open(gate)
        ? "open until " + text(gate, "expires_at")
        : "%s since %s: %s"
            .formatted(
                text(gate, "status"),
                text(gate, "ended_at"),
                Printed.line(text(gate, "ended_why")));
  }

  private static void plan(JsonNode node, String name, PrintStream out) {
    if (node.isObject()) {
      node.properties().forEach(field -> plan(field.getValue(), name + "." + field.getKey(), out));
    } else {
      out.println(name + ": " + Printed.line(node.isTextual() ? node.asText() : node.toString()));
    }
  }

  /** The gate of this id, or the open one of a run. */
  private static JsonNode gate(RemoteService service, Options options) {
    String id = options.rest().getFirst();
    if (!id.startsWith("run_")) {
      return service.get("/api/v1/gates/" + RemoteService.part(id));
    }
    List<JsonNode> asked =
        StreamSupport.stream(
                service.get("/api/v1/gates?status=open&limit=200").path("items").spliterator(),
                false)
            .filter(gate -> text(gate, "run").equals(id))
            .toList();
    if (asked.size() != 1) {
      throw new StartRefused(
          asked.isEmpty()
              ? "run %s asks nothing now; what came of its gates: firebreak gates <gate>"
                  .formatted(id)
              : "run %s asks %d things; name the gate: firebreak gates".formatted(id, asked.size()),
          null);
    }
    return asked.getFirst();
  }

  /** An approval covers the plan that was seen, so it says which one that was. */
  private static int approve(RemoteService service, String word, Options options, PrintStream out) {
    JsonNode gate = gate(service, options);
    String seen = options.required("plan").toLowerCase(Locale.ROOT);
    if (open(gate) && (seen.length() < SHORT || !text(gate, "plan_hash").startsWith(seen))) {
      throw new StartRefused(
          "plan %s is not the one asked for; look at it: firebreak gates %s"
              .formatted(seen, text(gate, "id")),
          null);
    }
    return decide(service, gate, word, options, out);
  }

  private static int decide(
      RemoteService service, JsonNode gate, String word, Options options, PrintStream out) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("plan_hash", text(gate, "plan_hash"));
    order.put("reason", options.required("reason"));
    Map<String, Object> given = given(options);
    if (!given.isEmpty()) {
      order.put("answers", given);
    }
    JsonNode after =
        service.post("/api/v1/gates/" + RemoteService.part(text(gate, "id")) + "/" + word, order);
    line(after, out);
    return 0;
  }

  private static boolean open(JsonNode gate) {
    return text(gate, "status").equals("open");
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }
}
