package dev.firebreak.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An H2 database file before H2 opens it.
 *
 * <p>The head of the file says where the last commit stands. H2 2.5 writes it while it still holds
 * the commit before for the last one, so that after a crash H2 would go on from an older commit,
 * though the newer one is in the file, whole and flushed. Therefore a file that was not closed is
 * searched for its newest whole commit first, and its head is put right.
 */
record H2File(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(H2File.class);
  private static final int HEAD = 512;

  /**
   * Puts the head right after a crash; leaves alone what was closed, is in use or is no database.
   */
  void recover() throws IOException {
    if (!Files.exists(path) || wasClosed()) {
      return;
    }
    long began = System.nanoTime();
    try (MVStore store =
        new MVStore.Builder()
            .fileName(path.toString())
            .recoveryMode()
            .autoCommitDisabled()
            .open()) {
      LOG.warn(
          "{} was not closed; its last commit is number {} (searched for {} ms)",
          path,
          store.getCurrentVersion(),
          (System.nanoTime() - began) / 1_000_000);
    } catch (MVStoreException e) {
      LOG.debug("{} is left to H2 to judge", path, e);
    }
  }

  private boolean wasClosed() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1).contains(",clean:1,");
    }
  }

  /** What a database holds is not for every user of the machine. */
  void keepPrivate() {
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("{} may be readable by other users: {}", path, e.getMessage());
    }
  }
}
