package dev.firebreak.notify;

import dev.firebreak.channel.Matter;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Words;
import dev.firebreak.expression.Escape;
import dev.firebreak.expression.ExpressionException;
import dev.firebreak.expression.Templates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes notices. A template's first line may give the subject: {@code Subject: …}. A template that
 * cannot be filled in must not keep people from being told: they get the bare facts, and its fault.
 */
final class NoticeText {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeText.class);
  private static final String SUBJECT = "Subject: ";
  private static final int MAX_SUBJECT = 200;
  private static final int MAX_VALUE = 4_000;
  private static final int MAX_TEXT = 20_000;

  private final Templates templates;

  NoticeText(Templates templates) {
    this.templates = templates;
  }

  Notice write(NotifyMessage message, Map<String, Object> facts) {
    Map<String, Object> model = new LinkedHashMap<>(facts);
    model.putAll(message.model());
    String title = of(facts, "title", message.incident());
    String text = text(message, model, title);
    String first = text.lines().findFirst().orElse("");
    boolean named = message.text() == null && first.startsWith(SUBJECT);
    String subject = named ? first.substring(SUBJECT.length()) : title;
    String body = named ? text.substring(first.length()) : text;
    return new Notice(
        message.key(),
        message.incident(),
        Words.line(Objects.requireNonNullElse(message.subject(), subject), MAX_SUBJECT),
        Words.lines(body, MAX_TEXT),
        message.link() == null ? of(facts, "url", "") : message.link(),
        new Matter(of(facts, "severity", ""), stage(message, of(facts, "status", ""))));
  }

  /** Late news of an incident that is over would open it again where people are paged. */
  private static Matter.Stage stage(NotifyMessage message, String status) {
    return status.equals("resolved") ? Matter.Stage.RESOLVED : message.stage();
  }

  private String text(NotifyMessage message, Map<String, Object> model, String title) {
    String template = message.template();
    if (template == null) {
      return Objects.requireNonNullElse(message.text(), "");
    }
    try {
      return templates.get(template, Escape.TEXT).render(clean(model));
    } catch (ExpressionException e) {
      LOG.error("notice {}: template '{}': {}", message.key(), template, e.getMessage());
      return "%s%s (%s)%n%n%s%n%n(The template '%s' could not be filled in: %s)"
          .formatted(SUBJECT, title, template, bare(message), template, e.getMessage());
    }
  }

  /** What is most likely to matter, whatever the template was: the message's own facts. */
  private static String bare(NotifyMessage message) {
    StringBuilder text = new StringBuilder();
    message.model().values().stream()
        .filter(Map.class::isInstance)
        .map(Map.class::cast)
        .forEach(
            facts ->
                facts.forEach(
                    (name, value) -> text.append(name).append(": ").append(value).append('\n')));
    return text.toString().strip();
  }

  private static String of(Map<String, Object> facts, String name, String otherwise) {
    return facts.get("incident") instanceof Map<?, ?> incident && incident.get(name) != null
        ? String.valueOf(incident.get(name))
        : otherwise;
  }

  /** Without characters that a template refuses, and each text bounded. */
  private static Map<String, Object> clean(Map<String, Object> model) {
    Map<String, Object> clean = new LinkedHashMap<>();
    model.forEach((name, value) -> clean.put(name, cleanValue(value)));
    return clean;
  }

  private static Object cleanValue(Object value) {
    return switch (value) {
      case String text -> Words.lines(text, MAX_VALUE);
      case Map<?, ?> map -> {
        Map<String, Object> clean = new LinkedHashMap<>();
        map.forEach(
            (name, field) -> {
              if (field != null) {
                clean.put(String.valueOf(name), cleanValue(field));
              }
            });
        yield clean;
      }
      case List<?> list ->
          list.stream().filter(Objects::nonNull).map(NoticeText::cleanValue).toList();
      default -> value;
    };
  }
}
