package dev.firebreak.store;

import dev.firebreak.core.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the service keeps backups of itself: new ones come, the oldest go. Thread-safe. */
public final class BackupFolder {
  private static final Logger LOG = LoggerFactory.getLogger(BackupFolder.class);
  private static final Pattern OURS =
      Pattern.compile("firebreak-\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d-\\d{3}Z\\.zip");

  private final Backups backups;
  private final Path folder;
  private final int keep;
  private final InstantSource clock;

  /**
   * @param data holds the folder when the settings name none
   */
  public BackupFolder(Backups backups, BackupSettings settings, Path data, InstantSource clock) {
    this.backups = backups;
    this.folder = settings.folder() == null ? data.resolve("backups") : Path.of(settings.folder());
    this.keep = settings.keep();
    this.clock = clock;
  }

  /**
   * Makes a backup and drops those that are too many; only files named as ours are ever dropped.
   *
   * @throws StoreUnavailable when none could be made; then none is dropped
   */
  public Backups.Made add() {
    Backups.Made made = backups.take(folder.resolve(Backups.nameAt(clock.instant())));
    LOG.info(
        "backup {} made: {} bytes in {} ms", made.file(), made.bytes(), made.took().toMillis());
    try {
      List<Path> known = known();
      for (Path old : known.subList(0, Math.max(0, known.size() - keep))) {
        Files.deleteIfExists(old);
      }
    } catch (IOException e) {
      LOG.warn("old backups in {} are not dropped: {}", folder, e.getMessage());
    }
    return made;
  }

  private List<Path> known() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> OURS.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }
}
