package dev.firebreak.channel.slack;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** The form in which Slack sends what was pressed. Pure. */
final class SlackForm {
  private SlackForm() {}

  /** The field {@code payload}. */
  static String payload(String body) {
    for (String field : body.split("&", -1)) {
      if (field.startsWith("payload=")) {
        return URLDecoder.decode(field.substring("payload=".length()), StandardCharsets.UTF_8);
      }
    }
    throw new IllegalArgumentException("the field 'payload' is missing");
  }
}
