package dev.firebreak.store;

import dev.firebreak.core.StoreUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What must be right around a database file before H2 may open it. H2 itself would open a file it
 * cannot write for reading only, make a new one where an old one is missed, and fail on a full disk
 * in the middle of things.
 *
 * @param file the database file
 */
record Preflight(Path file) {
  /** What opening and the first commits may need. */
  private static final long ROOM = 4L << 20;

  private static final int PROBE = 64 << 10;

  /**
   * Makes the folder if need be.
   *
   * @throws StoreUnavailable when the file cannot be used; the message says what to do
   */
  void check() {
    try {
      Files.createDirectories(folder());
      if (Files.isDirectory(file)) {
        throw refused("is a folder, not a file; move it away, or set database.path");
      }
      presence();
      probe();
      if (Files.getFileStore(folder()).getUsableSpace() < ROOM) {
        throw refused("no space is left on its disk (less than 4 MB); free some, then start again");
      }
      if (Files.exists(file) && !Files.isWritable(file)) {
        throw refused(notWritable("the file"));
      }
    } catch (IOException e) {
      throw new StoreUnavailable(hint(e), e);
    }
  }

  /** A database that was here once is not begun anew by accident. */
  private void presence() throws IOException {
    if (!Files.exists(marker())) {
      return;
    }
    String instead =
        "put it back or restore a backup into an empty folder; to start with an empty one, remove "
            + marker();
    if (!Files.exists(file)) {
      throw refused("is missing, though it was here before; " + instead);
    }
    if (Files.size(file) == 0) {
      throw refused("is empty, though it was not before; " + instead);
    }
  }

  /** Whether a file can be made here is known only by making one. */
  private void probe() throws IOException {
    Path probe = folder().resolve(file.getFileName() + ".probe");
    try {
      Files.write(probe, new byte[PROBE]);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  /** From now on the file is missed when it is not there. */
  void expect() throws IOException {
    if (!Files.exists(marker())) {
      Files.writeString(
          marker(),
          "Firebreak's database, "
              + file.getFileName()
              + ", belongs beside this file. While this file is here, Firebreak does not start"
              + " without it.\n",
          StandardCharsets.UTF_8);
    }
  }

  /** Says that there was a database. */
  Path marker() {
    return Path.of(file.toString().replaceAll("\\.mv\\.db$", "") + ".expected");
  }

  private Path folder() {
    return Objects.requireNonNull(file.getParent());
  }

  private String hint(IOException fault) {
    String said = String.valueOf(fault.getMessage());
    if (said.contains(Faults.NO_SPACE)) {
      return "no space is left on its disk; free some, then start again";
    }
    if (fault instanceof AccessDeniedException
        || said.contains("Read-only file system")
        || said.contains("not permitted")) {
      return notWritable("its folder");
    }
    if (fault instanceof NoSuchFileException || !Files.isDirectory(folder())) {
      return "its folder cannot be made (" + said + "); check data or database.path";
    }
    return "its folder cannot be used (" + said + ")";
  }

  private static String notWritable(String what) {
    return what
        + " cannot be written by user "
        + System.getProperty("user.name")
        + "; change its owner or rights, mount it writable, or set data to another folder";
  }

  private static StoreUnavailable refused(String why) {
    return new StoreUnavailable(why, null);
  }
}
