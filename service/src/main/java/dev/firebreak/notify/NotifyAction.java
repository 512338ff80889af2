package dev.firebreak.notify;

import dev.firebreak.action.Action;
import dev.firebreak.action.BadParameter;
import dev.firebreak.action.Invocation;
import dev.firebreak.action.Outcome;
import dev.firebreak.action.Params;
import dev.firebreak.action.Schemas;
import dev.firebreak.channel.Channels;
import dev.firebreak.core.Message;
import dev.firebreak.expression.Escape;
import dev.firebreak.expression.Templates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The action {@code notify}: tells people in a channel. It sends nothing itself: it answers with a
 * message that is committed with the step's outcome and carried by {@link NotifyCourier} until a
 * channel took it.
 */
public final class NotifyAction implements Action {
  private static final String SUMMARY = "summary";

  private final Channels channels;
  private final Templates templates;

  /**
   * @param channels when there are none, runbooks are still checked, but every call fails
   */
  public NotifyAction(Channels channels, Templates templates) {
    this.channels = channels;
    this.templates = templates;
  }

  @Override
  public String type() {
    return NotifyMessage.KIND;
  }

  @Override
  public Map<String, Object> schema() {
    Map<String, Object> name = new LinkedHashMap<>(Map.of("type", "string", "minLength", 1));
    if (!channels.names().isEmpty()) {
      name.put("enum", List.copyOf(channels.names()));
    }
    Map<String, Object> channel = new LinkedHashMap<>();
    channel.put("description", "A channel of config.yml, or several: the first that takes it.");
    channel.put("if", Map.of("type", "array"));
    channel.put("then", Map.of("minItems", 1, "items", name));
    channel.put("else", name);
    return Schemas.object(
        Schemas.properties(
            "channel",
            channel,
            "template",
            Schemas.of(
                "string",
                "Name of the template that writes the text: templates/NAME.mustache. summary when"
                    + " neither this nor text is given.",
                "pattern",
                "^[a-z0-9]+(-[a-z0-9]+)*$",
                "x-template",
                true),
            "text",
            Schemas.text(Escape.TEXT, "The text itself, in the place of a template."),
            "subject",
            Schemas.text(
                Escape.TEXT, "One line; the template's or the incident's when not given.")),
        "channel");
  }

  @Override
  public boolean changes(Map<String, Object> params) {
    return false;
  }

  @Override
  public Outcome run(Invocation invocation) {
    Params params = invocation.read();
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("incident", invocation.incidentId());
    payload.put("run", invocation.runId());
    payload.put("step", invocation.stepId());
    payload.put("channels", channels(params));
    payload.put(params.has("text") ? "text" : "template", content(params));
    if (params.has("subject")) {
      payload.put("subject", params.text("subject"));
    }
    String key = invocation.runId() + "/" + invocation.stepId();
    Message message = new Message(NotifyMessage.KIND, key, payload);
    return new Outcome.Succeeded(
        Map.of("channels", channels(params), "message", key), List.of(), List.of(message));
  }

  private List<String> channels(Params params) {
    List<String> named =
        params.raw("channel") instanceof List<?>
            ? params.texts("channel")
            : List.of(params.text("channel"));
    if (named.isEmpty()) {
      throw new BadParameter("channel", "is an empty list: nobody would be told");
    }
    for (String name : named) {
      if (!channels.names().contains(name)) {
        throw new BadParameter("channel", "is wrong: " + channels.unknown(name));
      }
    }
    return named;
  }

  private String content(Params params) {
    if (params.has("text") && params.has("template")) {
      throw new BadParameter("text", "and 'template' exclude each other: give one of them");
    }
    if (params.has("text")) {
      return params.text("text");
    }
    String template = params.text("template", SUMMARY);
    if (!templates.has(template)) {
      throw new BadParameter(
          "template",
          "is wrong: there is no '%s', there are %s".formatted(template, templates.names()));
    }
    return template;
  }
}
