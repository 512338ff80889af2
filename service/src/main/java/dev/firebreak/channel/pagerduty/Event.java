package dev.firebreak.channel.pagerduty;

import dev.firebreak.channel.Matter;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.HttpUrl;

/** A notice as an event of PagerDuty's Events API v2. Pure. */
final class Event {
  private static final int MAX_SUMMARY = 1_024;
  private static final int MAX_TEXT = 20_000;
  private static final int MAX_KEY = 255;

  private Event() {}

  static Map<String, Object> of(Notice notice, String routingKey) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("routing_key", routingKey);
    event.put("event_action", action(notice.matter().stage()));
    event.put("dedup_key", Words.line(notice.thread(), MAX_KEY));
    if (notice.matter().stage() == Matter.Stage.NEWS) {
      trigger(event, notice);
    }
    return event;
  }

  private static String action(Matter.Stage stage) {
    return switch (stage) {
      case NEWS -> "trigger";
      case ACKNOWLEDGED -> "acknowledge";
      case RESOLVED -> "resolve";
    };
  }

  private static void trigger(Map<String, Object> event, Notice notice) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("summary", summary(notice));
    payload.put("source", source(notice));
    payload.put("severity", notice.matter().grade().name().toLowerCase(Locale.ROOT));
    payload.put("custom_details", details(notice));
    event.put("payload", payload);
    event.put("client", "Firebreak");
    if (notice.link() != null) {
      event.put("client_url", notice.link());
      event.put("links", List.of(Map.of("href", notice.link(), "text", "Open in Firebreak")));
    }
  }

  private static String summary(Notice notice) {
    String summary = Words.line(notice.subject(), MAX_SUMMARY);
    return summary.isEmpty() ? "Firebreak" : summary;
  }

  private static Map<String, Object> details(Notice notice) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("incident", notice.thread());
    details.put("text", Words.lines(notice.text(), MAX_TEXT));
    if (notice.matter().severity() != null) {
      details.put("severity", notice.matter().severity());
    }
    return details;
  }

  /** PagerDuty wants to know which machine speaks. */
  private static String source(Notice notice) {
    HttpUrl link = notice.link() == null ? null : HttpUrl.parse(notice.link());
    return link == null ? "firebreak" : link.host();
  }
}
