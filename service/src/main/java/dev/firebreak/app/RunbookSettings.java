package dev.firebreak.app;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.core.Durations;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code runbooks} of the configuration.
 *
 * @param path the folder; {@code runbooks} unless said
 * @param reload how often it is looked at for changes; 10s unless said
 */
public record RunbookSettings(Path path, Duration reload) {
  private static final Duration OFTEN = Duration.ofSeconds(1);

  public RunbookSettings {
    if (reload.compareTo(OFTEN) < 0) {
      throw new IllegalArgumentException("runbooks.reload: must be at least 1s");
    }
  }

  @JsonCreator
  static RunbookSettings of(
      @JsonProperty("path") @Nullable String path,
      @JsonProperty("reload") @Nullable String reload) {
    return new RunbookSettings(
        Path.of(path == null ? "runbooks" : path),
        reload == null ? Duration.ofSeconds(10) : Durations.parse(reload));
  }
}
