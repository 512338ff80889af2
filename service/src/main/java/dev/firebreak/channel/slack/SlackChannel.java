package dev.firebreak.channel.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Posting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sends notices to an incoming webhook: as blocks for Slack, as one text for those who know no
 * blocks. A webhook knows no ids, so a repeat after a crash is shown twice. Thread-safe.
 */
final class SlackChannel implements Channel {
  private static final int MAX_HEADER = 150;
  private static final int MAX_SECTION = 3_000;

  private final String name;
  private final Posting posting;
  private final ObjectMapper json;

  SlackChannel(String name, Posting posting, ObjectMapper json) {
    this.name = name;
    this.posting = posting;
    this.json = json;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String send(Notice notice) {
    return posting.post(body(notice), Map.of());
  }

  private byte[] body(Notice notice) {
    String text = SlackText.lines(notice.text(), MAX_SECTION);
    List<Object> blocks = new ArrayList<>();
    blocks.add(
        Map.of("type", "header", "text", plain(SlackText.line(notice.subject(), MAX_HEADER))));
    if (!text.isEmpty()) {
      blocks.add(Map.of("type", "section", "text", plain(text)));
    }
    StringBuilder all = new StringBuilder(SlackText.line(notice.subject(), MAX_HEADER));
    all.append('\n').append(text);
    if (notice.link() != null) {
      String link = SlackText.address(notice.link());
      all.append('\n').append(link);
      blocks.add(
          Map.of(
              "type",
              "section",
              "text",
              Map.of("type", "mrkdwn", "text", "<" + link + "|Open in Firebreak>")));
    }
    return write(Map.of("text", all.toString(), "blocks", blocks));
  }

  private static Map<String, Object> plain(String text) {
    return Map.of("type", "plain_text", "text", text, "emoji", false);
  }

  private byte[] write(Map<String, Object> body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can always be written as JSON", e);
    }
  }
}
