package dev.firebreak.app;

import java.nio.file.Files;
import java.nio.file.Path;

/** How much room is left on the disk that a file is on, or will be. */
final class Room {
  private Room() {}

  /** Bytes this process may still write; 0 when nobody can tell. */
  static long below(Path file) {
    Path at = file.toAbsolutePath();
    while (at != null && !Files.isDirectory(at)) {
      at = at.getParent();
    }
    return at == null ? 0 : at.toFile().getUsableSpace();
  }
}
