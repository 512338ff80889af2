package dev.firebreak.alert.alertmanager;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.firebreak.alert.AlertFault;
import dev.firebreak.alert.AlertText;
import dev.firebreak.alert.JsonBody;
import dev.firebreak.alert.UnreadableBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one body as a stream: what is not needed is never held. */
final class GroupReader {
  private static final int MAX_KEY = 500;
  private static final int MAX_TEXT = 64 * 1024;
  private static final Set<String> WANTED =
      Set.of("alerts", "status", "groupKey", "externalURL", "truncatedAlerts");

  private final JsonParser in;
  private final int maxAlerts;
  private final Set<String> seen = new HashSet<>();
  private final List<GroupAlert> alerts = new ArrayList<>();
  private @Nullable String status;
  private @Nullable String key;
  private @Nullable String externalUrl;
  private long truncated;

  GroupReader(JsonParser in, int maxAlerts) {
    this.in = in;
    this.maxAlerts = maxAlerts;
  }

  Group read() throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw JsonBody.at(in, "the body must be an object with 'alerts', not " + kind(in));
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      if (WANTED.contains(name) && !seen.add(name)) {
        throw JsonBody.at(in, "'" + name + "' is given twice");
      }
      in.nextToken();
      field(name);
    }
    if (!seen.contains("alerts")) {
      throw UnreadableBody.malformed("'alerts' is missing: is this an Alertmanager webhook?");
    }
    return new Group(alerts, status, key, externalUrl, truncated);
  }

  private void field(String name) throws IOException {
    switch (name) {
      case "alerts" -> alerts();
      case "status" -> status = text(name);
      case "groupKey" -> key = key(name);
      case "externalURL" -> externalUrl = text(name);
      case "truncatedAlerts" -> truncated = count(name);
      default -> JsonBody.skip(in);
    }
  }

  private void alerts() throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw JsonBody.at(in, "'alerts' must be a list, not " + kind(in));
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (alerts.size() == maxAlerts) {
        throw UnreadableBody.tooMany(maxAlerts);
      }
      alerts.add(new AlertReader(in).read());
    }
  }

  private @Nullable String text(String name) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw JsonBody.at(in, "'" + name + "' must be a text, not " + kind(in));
    }
    try {
      return AlertText.checked("'" + name + "'", in.getText(), MAX_TEXT);
    } catch (AlertFault e) {
      throw JsonBody.at(in, String.valueOf(e.getMessage()));
    }
  }

  /** Version 3 wrote a number. */
  private @Nullable String key(String name) throws IOException {
    String text = in.currentToken() == JsonToken.VALUE_NUMBER_INT ? in.getText() : text(name);
    return text == null || text.length() <= MAX_KEY ? text : "sha256:" + sha256(text);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private long count(String name) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return 0;
    }
    boolean whole = in.currentToken() == JsonToken.VALUE_NUMBER_INT;
    if (!whole || in.getBigIntegerValue().bitLength() >= Integer.SIZE || in.getIntValue() < 0) {
      throw JsonBody.at(in, "'" + name + "' must be a whole number from 0 on");
    }
    return in.getIntValue();
  }

  /** What the parser stands on, in a word. */
  static String kind(JsonParser in) {
    return switch (in.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      case null, default -> "the end";
    };
  }
}
