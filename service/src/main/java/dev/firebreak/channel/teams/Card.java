package dev.firebreak.channel.teams;

import dev.firebreak.channel.Matter;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A notice as an Adaptive Card in the envelope a workflow takes. Words stand in text runs, which
 * know no Markdown, no links and no mentions. Pure.
 */
final class Card {
  private static final int MAX_TITLE = 200;
  private static final int MAX_ADDRESS = 2_000;
  private static final int MAX_FALLBACK = 400;

  private Card() {}

  static Map<String, Object> of(Notice notice, int longestText) {
    Map<String, Object> attachment = new LinkedHashMap<>();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    attachment.put("contentUrl", null);
    attachment.put("content", card(notice, longestText));
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("type", "message");
    message.put("attachments", List.of(attachment));
    return message;
  }

  private static Map<String, Object> card(Notice notice, int longestText) {
    String title = inert(Words.line(notice.subject(), MAX_TITLE));
    String text = inert(Words.lines(notice.text(), longestText));
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard");
    card.put("version", "1.4");
    card.put("fallbackText", inert(Words.line(title, MAX_FALLBACK)));
    card.put("msteams", Map.of("width", "Full"));
    List<Object> body = new ArrayList<>();
    body.add(words(title, true, colour(notice.matter())));
    if (!text.isEmpty()) {
      body.add(words(text, false, "Default"));
    }
    card.put("body", body);
    if (notice.link() != null) {
      card.put("actions", List.of(open(Words.line(notice.link(), MAX_ADDRESS))));
    }
    return card;
  }

  private static Map<String, Object> words(String text, boolean title, String colour) {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("type", "TextRun");
    run.put("text", text.isEmpty() ? "…" : text);
    run.put("color", colour);
    run.put("size", title ? "Medium" : "Default");
    run.put("weight", title ? "Bolder" : "Default");
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("type", "RichTextBlock");
    block.put("inlines", List.of(run));
    return block;
  }

  private static Map<String, Object> open(String address) {
    Map<String, Object> action = new LinkedHashMap<>();
    action.put("type", "Action.OpenUrl");
    action.put("title", "Open in Firebreak");
    action.put("url", address);
    return action;
  }

  private static String colour(Matter matter) {
    if (matter.stage() == Matter.Stage.RESOLVED) {
      return "Good";
    }
    return switch (matter.severity() == null ? Matter.Grade.INFO : matter.grade()) {
      case CRITICAL, ERROR -> "Attention";
      case WARNING -> "Warning";
      case INFO -> "Default";
    };
  }

  /** Cards fill in {@code {{DATE(…)}}} by themselves, and know {@code <at>name</at>}. */
  private static String inert(String text) {
    return text.replace("{{", "{\u200B{").replace("<at>", "<\u200Bat>");
  }
}
