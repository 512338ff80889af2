package dev.firebreak.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What a parser said, in the shape of the expectation files. */
public final class ParsedText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 50;

  private ParsedText() {}

  /** The expectation file's content. */
  public static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What was parsed; of many alerts only the first and the last. */
  public static JsonNode of(Parsed parsed) {
    List<Alert> alerts = parsed.items().stream().map(item -> ((Parsed.Read) item).alert()).toList();
    ObjectNode node = JSON.createObjectNode();
    node.put("groupKey", parsed.groupKey());
    node.put("groupResolved", parsed.groupResolved());
    node.put("truncated", (int) parsed.truncated());
    node.put("count", alerts.size());
    node.put("fingerprints", sha256(alerts.stream().map(Alert::fingerprint).toList()));
    ArrayNode list = node.putArray("alerts");
    boolean all = alerts.size() < MOST;
    (all ? alerts : List.of(alerts.getFirst(), alerts.getLast())).forEach(a -> list.add(of(a)));
    return node;
  }

  private static ObjectNode of(Alert alert) {
    ObjectNode node = JSON.createObjectNode();
    node.put("fingerprint", alert.fingerprint());
    node.put("status", alert.status() == Alert.Status.FIRING ? "firing" : "resolved");
    node.put("startsAt", alert.startsAt().toString());
    node.put("endsAt", alert.endsAt() == null ? null : alert.endsAt().toString());
    node.put("severity", alert.severity());
    node.put("summary", alert.summary());
    node.put("link", alert.link());
    node.set("labels", JSON.valueToTree(alert.labels()));
    node.set("annotations", JSON.valueToTree(alert.annotations()));
    return node;
  }

  private static String sha256(List<String> lines) {
    try {
      byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
