package dev.firebreak.channel.teams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Posting;
import java.util.Map;

/**
 * Sends notices as Adaptive Cards to a workflow that posts them. The workflow answers before it
 * posts, and knows no ids: a repeat after a crash is shown twice. Thread-safe.
 */
final class TeamsChannel implements Channel {
  /** Teams refuses a message of more than about 28 KB; some of it is the workflow's own. */
  private static final int MAX_BYTES = 26 * 1024;

  private static final int MAX_TEXT = 8_000;
  private static final int LEAST_TEXT = 100;

  private final String name;
  private final Posting posting;
  private final ObjectMapper json;

  TeamsChannel(String name, Posting posting, ObjectMapper json) {
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
    int longest = MAX_TEXT;
    byte[] body = write(Card.of(notice, longest));
    while (body.length > MAX_BYTES && longest > LEAST_TEXT) {
      longest /= 2;
      body = write(Card.of(notice, longest));
    }
    return body;
  }

  private byte[] write(Map<String, Object> message) {
    try {
      return json.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can always be written as JSON", e);
    }
  }
}
