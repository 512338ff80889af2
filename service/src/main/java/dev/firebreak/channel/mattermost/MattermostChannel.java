package dev.firebreak.channel.mattermost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.Matter;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Posting;
import dev.firebreak.channel.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends notices to an incoming webhook as one attachment. A webhook knows no ids, so a repeat after
 * a crash is shown twice. Thread-safe.
 */
final class MattermostChannel implements Channel {
  private static final int MAX_TITLE = 200;
  private static final int MAX_TEXT = 5_000;
  private static final int MAX_ADDRESS = 2_000;

  private final String name;
  private final Posting posting;
  private final @Nullable String room;
  private final @Nullable String username;
  private final ObjectMapper json;

  MattermostChannel(
      String name,
      Posting posting,
      @Nullable String room,
      @Nullable String username,
      ObjectMapper json) {
    this.name = name;
    this.posting = posting;
    this.room = room;
    this.username = username;
    this.json = json;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String send(Notice notice) {
    try {
      return posting.post(json.writeValueAsBytes(body(notice)), Map.of());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can always be written as JSON", e);
    }
  }

  private Map<String, Object> body(Notice notice) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (room != null) {
      body.put("channel", room);
    }
    if (username != null) {
      body.put("username", username);
    }
    body.put("attachments", List.of(attachment(notice)));
    return body;
  }

  private static Map<String, Object> attachment(Notice notice) {
    String title = Words.line(notice.subject(), MAX_TITLE);
    Map<String, Object> attachment = new LinkedHashMap<>();
    attachment.put("fallback", Inert.mentions(title));
    attachment.put("color", colour(notice.matter()));
    attachment.put("title", Inert.markdown(title));
    if (notice.link() != null) {
      attachment.put("title_link", Words.line(notice.link(), MAX_ADDRESS).replace(" ", "%20"));
    }
    attachment.put("text", Inert.markdown(Words.lines(notice.text(), MAX_TEXT)));
    attachment.put("footer", "Firebreak");
    return attachment;
  }

  private static String colour(Matter matter) {
    if (matter.stage() == Matter.Stage.RESOLVED) {
      return "#12713f";
    }
    return switch (matter.severity() == null ? Matter.Grade.INFO : matter.grade()) {
      case CRITICAL, ERROR -> "#bb1f27";
      case WARNING -> "#d98e04";
      case INFO -> "#1b53b3";
    };
  }
}
