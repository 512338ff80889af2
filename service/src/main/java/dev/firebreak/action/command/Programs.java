package dev.firebreak.action.command;

import dev.firebreak.action.BadParameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where programs are, and the little of our environment they get. */
final class Programs {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private Programs() {}

  /** {@code PATH}, {@code LANG} and {@code HOME}; nothing else of ours. */
  static Map<String, String> environment() {
    Map<String, String> env = new LinkedHashMap<>();
    Map<String, String> ours = System.getenv();
    env.put("PATH", ours.getOrDefault("PATH", PATH));
    env.put("LANG", ours.getOrDefault("LANG", "C.UTF-8"));
    env.put("HOME", ours.getOrDefault("HOME", "/"));
    return env;
  }

  /**
   * The file of a program that is allowed.
   *
   * @throws BadParameter when it is not allowed, or is not there
   */
  static Path find(String program, CommandSettings settings) {
    if (!settings.allows(program)) {
      throw new BadParameter(
          "run",
          "starts '%s', which is not allowed; to allow it, add the line '- %s' below actions.command.allow in config.yml"
              .formatted(program, program));
    }
    return find(program)
        .orElseThrow(
            () -> new BadParameter("run", "starts '" + program + "', which is not installed"));
  }

  static Optional<Path> find(String program) {
    if (program.startsWith("/")) {
      return Optional.of(Path.of(program)).filter(Programs::runs);
    }
    for (String folder : environment().getOrDefault("PATH", PATH).split(":")) {
      Path file = Path.of(folder, program);
      if (folder.startsWith("/") && runs(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static boolean runs(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
