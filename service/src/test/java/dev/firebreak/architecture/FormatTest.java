package dev.firebreak.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every source is written as google-java-format writes it, so that no diff is about spaces. */
class FormatTest {
  private static final Formatter FORMATTER = new Formatter();

  @Test
  void everySource_isFormatted() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(sources).isNotEmpty();
      assertThat(sources.parallelStream().filter(file -> !formatted(file)).toList()).isEmpty();
    }
  }

  private static boolean formatted(Path file) {
    try {
      String text = Files.readString(file);
      String used = RemoveUnusedImports.removeUnusedImports(text);
      String ordered = ImportOrderer.reorderImports(used, JavaFormatterOptions.Style.GOOGLE);
      return FORMATTER.formatSource(ordered).equals(text);
    } catch (IOException | FormatterException e) {
      throw new AssertionError(file + " cannot be formatted", e);
    }
  }
}
