package dev.firebreak.store;

import dev.firebreak.core.StoreUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.mvstore.DataUtils;
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
  private static final Pattern VERSION = Pattern.compile(",version:([0-9a-f]{1,15}),");

  /** A loss of power may keep the head and lose the commits that were never flushed: these few. */
  private static final int UNFLUSHED = 4;

  /**
   * Puts the head right after a crash; leaves alone what is in use or is no database.
   *
   * @throws StoreUnavailable when the file has lost commits: H2 would go on from an older one; or
   *     when it is damaged: H2 may keep it locked after it stumbled, and would then call it in use
   */
  void recover() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try {
      mend();
    } catch (MVStoreException e) {
      if (e.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT) {
        throw new StoreUnavailable(Faults.damaged(e.getMessage()), e);
      }
      LOG.debug("{} is left to H2 to judge", path, e);
    }
  }

  /**
   * The same for a file that was a database of ours a moment ago.
   *
   * @throws MVStoreException when it cannot be read or its head not be written
   */
  void mend() throws IOException {
    String head = head();
    boolean closed = head.contains(",clean:1,");
    long began = System.nanoTime();
    try (MVStore store = opened(closed)) {
      long last = store.getCurrentVersion();
      refuseLoss(head, last, closed ? 0 : UNFLUSHED);
      if (!closed) {
        LOG.warn(
            "{} was not closed; its last commit is number {} (searched for {} ms)",
            path,
            last,
            (System.nanoTime() - began) / 1_000_000);
      }
    }
  }

  private MVStore opened(boolean closed) {
    MVStore.Builder file = new MVStore.Builder().fileName(path.toString()).autoCommitDisabled();
    return (closed ? file.readOnly() : file.recoveryMode()).open();
  }

  private static void refuseLoss(String head, long last, int unflushed) {
    Matcher named = VERSION.matcher(head);
    if (named.find() && last + unflushed < Long.parseLong(named.group(1), 16)) {
      throw new StoreUnavailable(
          "is damaged: its head names commit %d, but the last whole one is %d; restore the last"
                  .formatted(Long.parseLong(named.group(1), 16), last)
              + " backup, or move the file away to start anew",
          null);
    }
  }

  private String head() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
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
