package dev.firebreak.channel;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firebreak.core.Masker;
import dev.firebreak.core.Secrets;
import dev.firebreak.fixtures.SettableClock;
import io.dropwizard.jackson.Jackson;
import java.util.Map;
import okhttp3.OkHttpClient;

/** What channels are made with in tests: any address may be reached, any secret may be plain. */
public final class Parts {
  /** As the configuration is read: unknown keys are errors. */
  public static final ObjectMapper CONFIGURATION =
      Jackson.newObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Parts() {}

  public static ChannelParts at(SettableClock clock) {
    return new ChannelParts(
        new OkHttpClient(),
        Jackson.newObjectMapper(),
        new Secrets(Map.of(), name -> null, new Masker()),
        clock,
        System.out);
  }

  /** The settings of a channel, as the configuration writes them in JSON. */
  public static ChannelSettings settings(String json) {
    try {
      return CONFIGURATION.readValue(json, ChannelSettings.class);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  public static Channel channel(String json, SettableClock clock) {
    return settings(json).build("ops", at(clock));
  }

  public static Notice notice(String subject, String text) {
    return new Notice(
        "run_1/finally-1", "inc_1", subject, text, "https://firebreak.example.com/incidents/inc_1");
  }
}
