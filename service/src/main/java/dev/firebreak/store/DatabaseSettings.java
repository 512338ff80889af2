package dev.firebreak.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.core.Durations;
import dev.firebreak.core.SecretRef;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code database} of the configuration.
 *
 * @param type {@code h2} (a file; the default) or {@code postgresql}
 * @param path H2: the file without its ending; default {@code <data>/firebreak}
 * @param url PostgreSQL: {@code jdbc:postgresql://host:5432/name}
 * @param user PostgreSQL: the role; H2 needs none
 * @param password PostgreSQL: its password, as {@code {env: NAME}} or {@code {file: path}}; H2
 *     needs none
 * @param queue how many works may wait to be committed; then webhooks are answered with 503
 * @param readers threads, and so connections, that read
 * @param readTimeout how long a reader of pages and API waits for an answer
 */
public record DatabaseSettings(
    Type type,
    @Nullable String path,
    @Nullable String url,
    String user,
    @Nullable SecretRef password,
    int queue,
    int readers,
    Duration readTimeout) {
  /** The databases there are. */
  public enum Type {
    @JsonProperty("h2")
    H2,
    @JsonProperty("postgresql")
    POSTGRESQL
  }

  private static final int QUEUE = 10_000;
  private static final int READERS = 4;
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

  public DatabaseSettings {
    require(type == Type.H2 || url != null, "database.url: needed for postgresql");
    require(
        url == null || url.startsWith("jdbc:postgresql:"),
        "database.url: must begin with jdbc:postgresql:");
    require(type == Type.POSTGRESQL || url == null, "database.url: h2 has a path, no url");
    require(type == Type.H2 || path == null, "database.path: postgresql has a url, no path");
    require(
        path == null || (path.indexOf(';') < 0 && !path.isBlank()),
        "database.path: must name a file, without ';'");
    require(queue >= 1 && queue <= 1_000_000, "database.queue: must be 1 to 1000000");
    require(readers >= 1 && readers <= 64, "database.readers: must be 1 to 64");
    require(
        readTimeout.compareTo(Duration.ofSeconds(1)) >= 0
            && readTimeout.compareTo(Duration.ofMinutes(1)) <= 0,
        "database.readTimeout: must be 1s to 1m");
  }

  /** Reads the section; what is absent has its default. */
  @JsonCreator
  static DatabaseSettings of(
      @JsonProperty("type") @Nullable Type type,
      @JsonProperty("path") @Nullable String path,
      @JsonProperty("url") @Nullable String url,
      @JsonProperty("user") @Nullable String user,
      @JsonProperty("password") @Nullable SecretRef password,
      @JsonProperty("queue") @Nullable Integer queue,
      @JsonProperty("readers") @Nullable Integer readers,
      @JsonProperty("readTimeout") @Nullable String readTimeout) {
    return new DatabaseSettings(
        type == null ? Type.H2 : type,
        path,
        url,
        user == null ? "firebreak" : user,
        password,
        queue == null ? QUEUE : queue,
        readers == null ? READERS : readers,
        readTimeout == null ? READ_TIMEOUT : Durations.parse(readTimeout));
  }

  /** An H2 file with the default settings. */
  public static DatabaseSettings h2(Path file) {
    return of(Type.H2, file.toString(), null, null, null, null, null, null);
  }

  /** A PostgreSQL database with the default settings. */
  public static DatabaseSettings postgresql(String url, String user, String password) {
    return of(Type.POSTGRESQL, null, url, user, SecretRef.valueOf(password), null, null, null);
  }

  /** The same settings, the password left out. */
  @Override
  public String toString() {
    return "DatabaseSettings[" + type + ", " + (type == Type.H2 ? path : url) + "]";
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
