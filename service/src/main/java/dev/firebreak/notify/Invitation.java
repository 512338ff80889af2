package dev.firebreak.notify;

import dev.firebreak.access.DecisionLink;
import dev.firebreak.core.Message;
import dev.firebreak.core.Seal;
import dev.firebreak.core.SecretUnavailable;
import dev.firebreak.outbox.CourierException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the link with which one person decides out of what a message says of it: at the last
 * moment, so that no table ever holds it. Thread-safe.
 */
final class Invitation {
  private final Seal seal;
  private final String baseUrl;

  Invitation(Seal seal, String baseUrl) {
    this.seal = seal;
    this.baseUrl = baseUrl;
  }

  /** The message with its link; the same when it asks for none. */
  Message signed(Message message) {
    Optional<DecisionLink> link = DecisionLink.ofPayload(message.payload().get("decision"));
    if (link.isEmpty()) {
      return message;
    }
    String url = baseUrl + "/decide?link=" + seal(link.get());
    Map<String, Object> payload = new LinkedHashMap<>(message.payload());
    payload.put("link", url);
    payload.put("model", withUrl(payload.get("model"), url));
    return new Message(message.kind(), message.key(), payload);
  }

  private String seal(DecisionLink link) {
    try {
      return link.sealed(seal);
    } catch (SecretUnavailable e) {
      throw new CourierException("no link can be signed: " + e.getMessage(), false, e);
    }
  }

  private static Map<String, Object> withUrl(
      @org.jspecify.annotations.Nullable Object model, String url) {
    Map<String, Object> gate = new LinkedHashMap<>();
    if (model instanceof Map<?, ?> named && named.get("gate") instanceof Map<?, ?> fields) {
      fields.forEach((name, value) -> gate.put(String.valueOf(name), value));
    }
    gate.put("url", url);
    return Map.of("gate", gate);
  }
}
