package dev.firebreak.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.core.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code backup} of the configuration, for H2.
 *
 * @param folder where backups are written; null for {@code <data>/backups}
 * @param every how often one is made; null for only when somebody asks
 * @param keep how many stay in the folder
 */
public record BackupSettings(@Nullable String folder, @Nullable Duration every, int keep) {
  private static final int KEEP = 7;

  public BackupSettings {
    if (every != null && every.compareTo(Duration.ofMinutes(10)) < 0) {
      throw new IllegalArgumentException("backup.every: must be 10m or more");
    }
    if (keep < 1 || keep > 10_000) {
      throw new IllegalArgumentException("backup.keep: must be 1 to 10000");
    }
  }

  /** Reads the section; what is absent has its default. */
  @JsonCreator
  public static BackupSettings of(
      @JsonProperty("folder") @Nullable String folder,
      @JsonProperty("every") @Nullable String every,
      @JsonProperty("keep") @Nullable Integer keep) {
    return new BackupSettings(
        folder, every == null ? null : Durations.parse(every), keep == null ? KEEP : keep);
  }
}
