package dev.firebreak.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.alert.Delivery;
import dev.firebreak.fixtures.DocExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page on webhooks says what is so. */
class WebhooksPageTest {
  @Test
  void receipt_isWhatTheDescriptionSays() throws IOException {
    Description description = new Description();
    JsonNode schema = description.document.at("/components/schemas/Receipt");
    for (String example : DocExamples.of("api/webhooks.md", "json")) {
      assertThat(description.faults(schema, new ObjectMapper().readTree(example))).isEmpty();
    }
  }

  @Test
  void everyResult_isExplained() throws IOException {
    String page = Files.readString(Path.of("../docs/api/webhooks.md"));
    for (Delivery.Result result : Delivery.Result.values()) {
      assertThat(page).contains("| `" + result.name().toLowerCase(Locale.ROOT) + "` |");
    }
  }
}
