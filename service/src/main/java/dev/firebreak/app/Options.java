package dev.firebreak.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words of a command line: {@code --name value}, {@code --name=value}, flags, and the rest. */
public final class Options {
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, List<String>> each = new HashMap<>();
  private final List<String> rest = new ArrayList<>();

  /**
   * Reads words.
   *
   * @param named options that have a value, without dashes
   * @param flags options that have none
   * @throws WrongUse for any other option, or one without its value
   */
  public Options(List<String> words, Set<String> named, Set<String> flags) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("--")) {
        rest.add(word);
        continue;
      }
      String[] parts = word.substring(2).split("=", 2);
      if (flags.contains(parts[0]) && parts.length == 1) {
        values.put(parts[0], "");
      } else if (named.contains(parts[0]) && (parts.length == 2 || i + 1 < words.size())) {
        String value = parts.length == 2 ? parts[1] : words.get(++i);
        values.put(parts[0], value);
        each.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(value);
      } else {
        throw new WrongUse(
            (named.contains(parts[0]) ? "a value is missing after " : "there is no option ")
                + word);
      }
    }
  }

  /** The value of an option. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** All values of an option that may be given several times, in order. */
  public List<String> values(String name) {
    return List.copyOf(each.getOrDefault(name, List.of()));
  }

  /**
   * The value of an option that must be there.
   *
   * @throws WrongUse when it is not
   */
  public String required(String name) {
    return value(name).orElseThrow(() -> new WrongUse("--" + name + " is missing"));
  }

  /** Whether a flag was given. */
  public boolean has(String flag) {
    return values.containsKey(flag);
  }

  /** What is no option, in order. */
  public List<String> rest() {
    return List.copyOf(rest);
  }
}
