package dev.firebreak.channel.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.channel.Channel;
import dev.firebreak.channel.ChannelException;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Posting;
import dev.firebreak.channel.Words;
import dev.firebreak.core.SecretRef;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Posts notices as signed JSON; {@code webhook-id} is the same on every try, so that the other side
 * can drop a repeat. Thread-safe.
 */
final class WebhookChannel implements Channel {
  private static final int MAX_LINE = 1_000;
  private static final int MAX_TEXT = 50_000;

  private final String name;
  private final Posting posting;
  private final List<SecretRef> secrets;
  private final InstantSource clock;
  private final ObjectMapper json;

  WebhookChannel(
      String name,
      Posting posting,
      List<SecretRef> secrets,
      InstantSource clock,
      ObjectMapper json) {
    this.name = name;
    this.posting = posting;
    this.secrets = secrets;
    this.clock = clock;
    this.json = json;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String send(Notice notice) {
    Instant now = clock.instant();
    String id = Signature.id(notice.key());
    byte[] body = body(notice, now);
    String signatures =
        secrets.stream()
            .map(secret -> signature(secret, id, now.getEpochSecond(), body))
            .collect(Collectors.joining(" "));
    return posting.post(
        body,
        Map.of(
            "webhook-id",
            id,
            "webhook-timestamp",
            Long.toString(now.getEpochSecond()),
            "webhook-signature",
            signatures));
  }

  private String signature(SecretRef secret, String id, long timestamp, byte[] body) {
    try {
      return Signature.sign(posting.secret(secret), id, timestamp, body);
    } catch (IllegalArgumentException e) {
      throw new ChannelException(
          "channel '%s': what is in %s %s".formatted(name, secret.place(), e.getMessage()),
          true,
          null);
    }
  }

  private byte[] body(Notice notice, Instant now) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("key", notice.key());
    told.put("incident", notice.thread());
    told.put("subject", Words.line(notice.subject(), MAX_LINE));
    told.put("text", Words.lines(notice.text(), MAX_TEXT));
    if (notice.link() != null) {
      told.put("link", notice.link());
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "firebreak.notice");
    body.put("timestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
    body.put("data", told);
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can always be written as JSON", e);
    }
  }
}
