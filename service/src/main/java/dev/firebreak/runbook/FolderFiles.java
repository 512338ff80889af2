package dev.firebreak.runbook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The runbook files of a folder as they are on disk now.
 *
 * @param folder those of folders below it do not count
 */
record FolderFiles(Path folder) {
  /** By which a change is noticed without reading. */
  record Stamp(long modified, long size) {}

  Map<Path, Stamp> stamps() throws IOException {
    Map<Path, Stamp> stamps = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(FolderFiles::isRunbook).toList()) {
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
        stamps.put(file, new Stamp(is.lastModifiedTime().toMillis(), is.size()));
      }
    }
    return stamps;
  }

  private static boolean isRunbook(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.startsWith(".")
        && (name.endsWith(".yml") || name.endsWith(".yaml"))
        && Files.isRegularFile(file);
  }

  /** Their texts. */
  static Map<Path, String> read(Iterable<Path> files) throws IOException {
    Map<Path, String> texts = new LinkedHashMap<>();
    for (Path file : files) {
      texts.put(file, text(file));
    }
    return texts;
  }

  private static String text(Path file) throws IOException {
    return Files.size(file) > 4L * YamlText.LONGEST
        ? "#".repeat(YamlText.LONGEST + 1)
        : Files.readString(file, StandardCharsets.UTF_8);
  }
}
