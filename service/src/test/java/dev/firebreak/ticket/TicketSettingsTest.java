package dev.firebreak.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.core.Masker;
import dev.firebreak.core.Secrets;
import dev.firebreak.fixtures.SettableClock;
import io.dropwizard.jackson.Jackson;
import java.nio.file.Path;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** Every key of the section {@code tickets} is read, and only these. */
class TicketSettingsTest {
  private final ObjectMapper json =
      Jackson.newObjectMapper()
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private final TicketParts parts =
      new TicketParts(
          new OkHttpClient(),
          json,
          new Secrets(Map.of(), name -> "key", new Masker()),
          Path.of("/data"),
          new SettableClock());

  private TicketSystem built(String text) throws Exception {
    return json.readValue(text, TicketSettings.class).build("mine", parts);
  }

  @Test
  void file_withAllKeysOrNone_isBuilt() throws Exception {
    assertThat(built("{\"type\":\"file\"}").name()).isEqualTo("mine");
    assertThat(built("{\"type\":\"file\",\"dir\":\"/srv/t\",\"maxAttachmentMiB\":5}").markup())
        .isEqualTo(Markup.MARKDOWN);
  }

  @Test
  void redmine_withAllKeys_isBuilt() throws Exception {
    TicketSystem system =
        built(
            """
            {"type": "redmine", "url": "https://redmine.example.com", "apiKey": {"env": "KEY"},
             "project": "ops", "tracker": "Support", "priorities": {"critical": "Immediate"},
             "resolvedStatus": "Resolved", "format": "markdown", "timeout": "10s"}
            """);
    assertThat(system.markup()).isEqualTo(Markup.REDMINE_MARKDOWN);
  }

  @Test
  void redmine_withTheFewestKeys_isBuilt() throws Exception {
    TicketSystem system =
        built(
            "{\"type\":\"redmine\",\"url\":\"http://r\",\"apiKey\":{\"file\":\"/k\"},\"project\":\"p\"}");
    assertThat(system.markup()).isEqualTo(Markup.TEXTILE);
  }

  @Test
  void redmine_withoutAKey_namesTheKey() {
    assertThatThrownBy(() -> built("{\"type\":\"redmine\",\"url\":\"http://r\",\"project\":\"p\"}"))
        .hasMessageContaining("tickets.mine.apiKey");
  }

  @Test
  void settings_withUnknownKeyOrType_areRefused() {
    assertThatThrownBy(() -> built("{\"type\":\"file\",\"dri\":\"x\"}"))
        .hasMessageContaining("dri");
    assertThatThrownBy(() -> built("{\"type\":\"jira\"}")).hasMessageContaining("jira");
    assertThatThrownBy(() -> built("{\"type\":\"file\",\"maxAttachmentMiB\":0}"))
        .hasMessageContaining("maxAttachmentMiB");
  }
}
