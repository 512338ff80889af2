package dev.firebreak.ticket;

import dev.firebreak.action.Action;
import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import dev.firebreak.action.Params;
import dev.firebreak.core.Message;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The action {@code ticket}: opens the incident's ticket, or adds a note to it, and attaches
 * evidence. It sends nothing itself: it answers with a message that is committed with the step's
 * outcome and carried by {@link TicketCourier} until the ticket system took it.
 */
public final class TicketAction implements Action {
  private final List<String> systems;

  /**
   * @param systems names of the configured ticket systems; when only one, runbooks need not name it
   */
  public TicketAction(Collection<String> systems) {
    this.systems = List.copyOf(new TreeSet<>(systems));
  }

  @Override
  public String type() {
    return "ticket";
  }

  @Override
  public Map<String, Object> schema() {
    Map<String, Object> system = new LinkedHashMap<>();
    system.put("type", "string");
    system.put("description", "Name of a ticket system in config.yml, section tickets.");
    if (!systems.isEmpty()) {
      system.put("enum", systems);
    }
    return Map.of(
        "type",
        "object",
        "additionalProperties",
        false,
        "required",
        systems.size() == 1 ? List.of() : List.of("system"),
        "properties",
        Map.of("system", system, "template", templateSchema(), "attach", attachSchema()));
  }

  private static Map<String, Object> templateSchema() {
    return Map.of(
        "type", "string",
        "pattern", "^[a-z0-9][a-z0-9-]*$",
        "default", "incident",
        "x-template", true,
        "description", "Name of the template that writes a new ticket: templates/NAME.mustache.");
  }

  private static Map<String, Object> attachSchema() {
    return Map.of(
        "description",
        "Which artifacts are attached: all, none, or a list of their names.",
        "default",
        "all",
        "oneOf",
        List.of(
            Map.of("type", "string", "enum", List.of("all", "none")),
            Map.of("type", "array", "minItems", 1, "items", Map.of("type", "string"))));
  }

  @Override
  public boolean changes(Map<String, Object> params) {
    return false;
  }

  @Override
  public Outcome run(Invocation invocation) {
    Params params = invocation.read();
    String system = system(params);
    Message message =
        TicketMessages.wanted(
            invocation.incidentId(),
            invocation.runId(),
            invocation.stepId(),
            system,
            template(params),
            attach(params));
    return new Outcome.Succeeded(
        Map.of("system", system, "message", message.key()), List.of(), List.of(message));
  }

  private String system(Params params) {
    if (!params.has("system") && systems.size() == 1) {
      return systems.getFirst();
    }
    String system = params.text("system");
    if (!systems.contains(system)) {
      throw new BadParameter(
          "system",
          "names no ticket system of the configuration: '%s' (there are: %s)"
              .formatted(system, systems.isEmpty() ? "none" : String.join(", ", systems)));
    }
    return system;
  }

  private static String template(Params params) {
    String template = params.text("template", "incident");
    if (!template.matches("[a-z0-9][a-z0-9-]*")) {
      throw new BadParameter(
          "template", "must be lower-case words joined by hyphens, not '" + template + "'");
    }
    return template;
  }

  private static Object attach(Params params) {
    if (params.raw("attach") instanceof List<?>) {
      List<String> names = params.texts("attach");
      if (names.isEmpty()) {
        throw new BadParameter("attach", "is an empty list; write 'all' or 'none'");
      }
      return names;
    }
    String word = params.text("attach", "all");
    if (!word.equals("all") && !word.equals("none")) {
      throw new BadParameter(
          "attach", "must be 'all', 'none' or a list of artifact names, not '" + word + "'");
    }
    return word;
  }
}
