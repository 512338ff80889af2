package dev.firebreak.guard.opa;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.core.Durations;
import dev.firebreak.core.SecretRef;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code opa} of the configuration.
 *
 * @param url of the decision: {@code https://host:8181/v1/data/firebreak/decision}
 * @param timeout how long an answer may take in all
 * @param token sent as bearer token, or null
 */
public record OpaSettings(URI url, Duration timeout, @Nullable SecretRef token) {
  private static final Duration USUAL = Duration.ofSeconds(2);
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final String DATA = "/v1/data/";

  public OpaSettings {
    String path = url.getPath() == null ? "" : url.getPath();
    int data = path.indexOf(DATA);
    if (!SCHEMES.contains(String.valueOf(url.getScheme()))
        || url.getHost() == null
        || url.getUserInfo() != null
        || data < 0
        || data + DATA.length() == path.length()) {
      throw new IllegalArgumentException(
          "opa.url: write the address of the decision, as in"
              + " http://localhost:8181/v1/data/firebreak/decision, without a password");
    }
    if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("opa.timeout: must be from 100ms to 10s");
    }
  }

  @JsonCreator
  static OpaSettings of(
      @JsonProperty("url") @Nullable String url,
      @JsonProperty("timeout") @Nullable String timeout,
      @JsonProperty("token") @Nullable SecretRef token) {
    if (url == null) {
      throw new IllegalArgumentException("opa.url: is required");
    }
    try {
      return new OpaSettings(
          new URI(url), timeout == null ? USUAL : Durations.parse(timeout), token);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("opa.url: " + e.getMessage(), e);
    }
  }
}
