package dev.firebreak.app;

import dev.firebreak.guard.policy.PolicyFolder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The command {@code policy test}; it needs no server. */
final class PolicyCommands {
  private PolicyCommands() {}

  static int run(List<String> args, PrintStream out) {
    if (args.isEmpty() || !args.getFirst().equals("test")) {
      throw new WrongUse("policy test <file or folder> …");
    }
    List<String> places = args.size() > 1 ? args.subList(1, args.size()) : List.of("policies");
    Map<String, String> texts = new TreeMap<>();
    try {
      places.forEach(place -> texts.putAll(PolicyFolder.read(Path.of(place))));
      int rules = PolicyFolder.parse(texts).policies().size();
      out.println(
          "%d policies in %d files are fine, and so are their tests"
              .formatted(rules, texts.size()));
      return 0;
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      return 1;
    }
  }
}
