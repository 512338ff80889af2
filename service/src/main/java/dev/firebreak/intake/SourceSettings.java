package dev.firebreak.intake;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.alert.generic.Mapping;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code sources}.
 *
 * @param name unique: lower-case letters, digits and hyphens; the last part of {@code POST
 *     /webhooks/{name}}
 * @param type {@code alertmanager} (also for Grafana's unified alerting) or {@code generic}
 * @param auth how the sender proves who it is; must be said
 * @param maxBytes the largest body, after inflating; 5 MiB unless said
 * @param maxAlerts the most alerts of one body; 5000 unless said
 * @param plainText whether a body may be called {@code text/plain}; for type {@code generic} only
 * @param mapping where alerts are found; for type {@code generic} only
 */
public record SourceSettings(
    @JsonProperty("name") String name,
    @JsonProperty("type") String type,
    @JsonProperty("auth") SourceAuth auth,
    @JsonProperty("maxBytes") @Nullable Integer maxBytes,
    @JsonProperty("maxAlerts") @Nullable Integer maxAlerts,
    @JsonProperty("plainText") boolean plainText,
    @JsonProperty("mapping") @Nullable Mapping mapping) {
  /** The largest body of a source that does not say. */
  public static final int DEFAULT_BYTES = 5 * 1024 * 1024;

  /** The most alerts of one body of a source that does not say. */
  public static final int DEFAULT_ALERTS = 5000;

  private static final int LEAST_BYTES = 1024;
  private static final int MOST_BYTES = 64 * 1024 * 1024;
  private static final int MOST_ALERTS = 100_000;
  private static final String NAME = "[a-z0-9][a-z0-9-]{0,62}";

  public SourceSettings {
    String label = Objects.requireNonNullElse(name, "");
    check(
        label.matches(NAME),
        "a source needs a name of lower-case letters, digits and hyphens, not '" + label + "'");
    String where = "source '" + label + "': ";
    boolean generic = "generic".equals(type);
    check(
        generic || "alertmanager".equals(type),
        where + "type must be alertmanager or generic, not '" + type + "'");
    check(
        !Objects.isNull(auth),
        where + "auth is missing: bearer, basic, hmac, or none if that is really meant");
    check(generic == (mapping != null), where + "mapping belongs to type generic, and only there");
    check(generic || !plainText, where + "plainText belongs to type generic only");
    maxBytes = Objects.requireNonNullElse(maxBytes, DEFAULT_BYTES);
    check(
        maxBytes >= LEAST_BYTES && maxBytes <= MOST_BYTES,
        where + "maxBytes must be from " + LEAST_BYTES + " to " + MOST_BYTES);
    maxAlerts = Objects.requireNonNullElse(maxAlerts, DEFAULT_ALERTS);
    check(
        maxAlerts >= 1 && maxAlerts <= MOST_ALERTS,
        where + "maxAlerts must be from 1 to " + MOST_ALERTS);
  }

  private static void check(boolean good, String otherwise) {
    if (!good) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** A source with the defaults. */
  public static SourceSettings alertmanager(String name, SourceAuth auth) {
    return new SourceSettings(name, "alertmanager", auth, null, null, false, null);
  }

  int bytes() {
    return Objects.requireNonNullElse(maxBytes, DEFAULT_BYTES);
  }

  int alerts() {
    return Objects.requireNonNullElse(maxAlerts, DEFAULT_ALERTS);
  }
}
