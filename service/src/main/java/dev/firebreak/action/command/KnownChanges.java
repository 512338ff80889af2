package dev.firebreak.action.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Programs, and words among their arguments, that are known to change something: the file {@code
 * known-changes.txt} beside this class. A program that is not in it is taken as reading.
 */
final class KnownChanges {
  private static final String TEMPLATE = "{{";

  /** Programs that only start another one. */
  private static final Set<String> WRAPPERS =
      Set.of("sudo", "doas", "env", "nice", "ionice", "nohup", "stdbuf", "timeout", "setsid");

  /** By program: the words that change; none means that the program always does. */
  private static final Map<String, Set<String>> KNOWN = load();

  private KnownChanges() {}

  private static Map<String, Set<String>> load() {
    try (InputStream file = KnownChanges.class.getResourceAsStream("known-changes.txt")) {
      if (file == null) {
        throw new IllegalStateException("known-changes.txt is missing from the jar");
      }
      Map<String, Set<String>> known = new TreeMap<>();
      new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> add(line, known));
      return known;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(String line, Map<String, Set<String>> known) {
    int colon = line.indexOf(':');
    Set<String> words = new TreeSet<>(List.of(line.substring(colon + 1).strip().split("\\s+")));
    words.remove("");
    for (String program : line.substring(0, colon).strip().split("\\s+")) {
      known.put(program, words);
    }
  }

  /** All of it, for the documentation. */
  static Map<String, Set<String>> all() {
    return KNOWN;
  }

  /**
   * Whether these arguments, templates perhaps not filled in, are known to change something. Where
   * a template stands in the place of a program, or of a word that decides, they are taken to.
   */
  static boolean include(List<String> run) {
    if (run.isEmpty() || run.getFirst().contains(TEMPLATE)) {
      return true;
    }
    return WRAPPERS.contains(name(run.getFirst()))
        ? IntStream.range(1, run.size()).anyMatch(i -> changes(run.subList(i, run.size())))
        : changes(run);
  }

  private static boolean changes(List<String> run) {
    Set<String> changing = KNOWN.get(name(run.getFirst()));
    if (changing == null) {
      return false;
    }
    List<String> arguments = run.subList(1, run.size());
    return changing.isEmpty()
        || arguments.stream().anyMatch(word -> changing.contains(verb(word)))
        || arguments.stream()
            .dropWhile(word -> word.startsWith("--"))
            .findFirst()
            .filter(word -> word.startsWith(TEMPLATE))
            .isPresent();
  }

  private static String name(String program) {
    return program.substring(program.lastIndexOf('/') + 1);
  }

  private static String verb(String word) {
    int equals = word.indexOf('=');
    return (word.startsWith("-") && equals > 0 ? word.substring(0, equals) : word)
        .toLowerCase(Locale.ROOT);
  }
}
