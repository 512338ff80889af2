package dev.firebreak.channel.pagerduty;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.channel.Feedback;
import dev.firebreak.channel.Following;
import dev.firebreak.channel.Notice;
import dev.firebreak.channel.Posting;
import dev.firebreak.core.SecretRef;
import java.util.Map;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.RequestBody;

/**
 * Triggers, acknowledges and resolves one alert for each incident, by its id: a repeat changes
 * nothing there. Thread-safe.
 */
final class PagerDutyChannel implements Following {
  private static final MediaType JSON = MediaType.get("application/json");

  private final String name;
  private final Posting posting;
  private final SecretRef routingKey;
  private final WebhookProof proof;
  private final ObjectMapper json;

  PagerDutyChannel(
      String name, Posting posting, SecretRef routingKey, WebhookProof proof, ObjectMapper json) {
    this.name = name;
    this.posting = posting;
    this.routingKey = routingKey;
    this.proof = proof;
    this.json = json;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String send(Notice notice) {
    Map<String, Object> event = Event.of(notice, posting.secret(routingKey));
    try {
      RequestBody body = RequestBody.create(json.writeValueAsBytes(event), JSON);
      String answer = posting.judged(posting.exchange(body, Map.of()));
      return event.get("event_action") + ": " + answer;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can always be written as JSON", e);
    }
  }

  @Override
  public Optional<Feedback> heard(String signature, byte[] body) {
    proof.check(signature, body);
    return Report.read(json, body);
  }
}
