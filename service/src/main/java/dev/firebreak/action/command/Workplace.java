package dev.firebreak.action.command;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The folder a program runs in: the one that was asked for, or an empty one that is ours to end.
 */
record Workplace(Path folder, boolean ours) implements AutoCloseable {
  static Workplace open(@Nullable Path folder) throws IOException {
    return folder == null
        ? new Workplace(Files.createTempDirectory("firebreak-command-"), true)
        : new Workplace(folder, false);
  }

  /** Removes it when it is ours; what a program still writes there is its own loss. */
  @Override
  public void close() {
    if (ours) {
      try {
        Files.walkFileTree(folder, new Removal());
      } catch (IOException e) {
        folder.toFile().deleteOnExit();
      }
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
        throws IOException {
      Files.delete(dir);
      return FileVisitResult.CONTINUE;
    }
  }
}
