package dev.firebreak.expression;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The templates of a folder, {@code <name>.mustache}: read when first used, and again when the file
 * changes. Thread-safe.
 */
public final class Templates {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
  private static final String ENDING = ".mustache";

  private final Path folder;
  private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

  /**
   * Opens a folder.
   *
   * @param folder need not exist yet
   */
  public Templates(Path folder) {
    this.folder = folder;
  }

  private record Key(String name, Escape escape) {}

  private record Kept(long modified, long size, Template template) {}

  /**
   * A template as it is on disk now.
   *
   * @param name lower-case words joined by hyphens
   * @param escape where its text goes
   * @throws ExpressionException when there is none of this name, or it does not compile
   */
  public Template get(String name, Escape escape) {
    Path file = file(name);
    try {
      BasicFileAttributes now =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!now.isRegularFile()) {
        throw new ExpressionException("template '" + name + "': " + file + " is no file");
      }
      Key key = new Key(name, escape);
      Kept before = kept.get(key);
      long modified = now.lastModifiedTime().toMillis();
      if (before != null && before.modified() == modified && before.size() == now.size()) {
        return before.template();
      }
      Template template = compile(file, name, escape);
      kept.put(key, new Kept(modified, now.size(), template));
      return template;
    } catch (IOException e) {
      throw new ExpressionException(
          "there is no template '" + name + "' in " + folder + ": known are " + names(), e);
    }
  }

  /** Whether there is a template of this name. */
  public boolean has(String name) {
    return NAME.matcher(name).matches() && Files.isRegularFile(folder.resolve(name + ENDING));
  }

  /** The names of all templates, sorted. */
  public List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.endsWith(ENDING))
          .map(file -> file.substring(0, file.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private Path file(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ExpressionException(
          "a template's name is lower-case words joined by hyphens, not '" + name + "'");
    }
    return folder.resolve(name + ENDING);
  }

  private static Template compile(Path file, String name, Escape escape) throws IOException {
    try {
      return Mustache.compile(Files.readString(file, StandardCharsets.UTF_8), escape);
    } catch (ExpressionException e) {
      throw new ExpressionException("template '" + name + "' (" + file + "): " + e.getMessage(), e);
    }
  }
}
