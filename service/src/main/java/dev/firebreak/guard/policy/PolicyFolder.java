package dev.firebreak.guard.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The policies of a folder. Files are taken over together, and only when all of them are fine and
 * their tests pass: a bad one never replaces a good one. Thread-safe.
 */
public final class PolicyFolder {
  private final Path folder;
  private final boolean needed;
  private Map<String, String> known = Map.of();
  private volatile PolicySet current = PolicySet.NONE;

  /** A folder that was not read yet. */
  public PolicyFolder(PolicySettings settings) {
    String path = settings.path();
    folder = Path.of(path == null ? "policies" : path);
    needed = path != null;
  }

  /** The policies in force. */
  public PolicySet current() {
    return current;
  }

  /**
   * Looks whether the files changed, and takes them over if they are fine.
   *
   * @return whether there is something new in force
   * @throws IllegalArgumentException with a line for each thing that is wrong, once for each change
   */
  public synchronized boolean reload() {
    Map<String, String> texts = texts();
    if (texts.equals(known)) {
      return false;
    }
    known = texts;
    current = parse(texts);
    return true;
  }

  /**
   * Reads files together.
   *
   * @param texts by file
   * @throws IllegalArgumentException with a line for each thing that is wrong
   */
  public static PolicySet parse(Map<String, String> texts) {
    List<String> faults = new ArrayList<>();
    List<Policy> policies = new ArrayList<>();
    Set<String> names = new HashSet<>();
    texts.forEach(
        (file, text) -> {
          try {
            for (Policy policy : PolicyFile.parse(file, text).policies()) {
              policies.add(policy);
              if (!names.add(policy.name())) {
                faults.add(
                    "%s: policy '%s': there is another of this name"
                        .formatted(file, policy.name()));
              }
            }
          } catch (IllegalArgumentException e) {
            faults.add(String.valueOf(e.getMessage()));
          }
        });
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
    return new PolicySet(policies);
  }

  private Map<String, String> texts() {
    if (!Files.isDirectory(folder)) {
      // what was in force stays: a folder that is gone is a mistake, not a permission
      if (needed || !known.isEmpty()) {
        throw new IllegalArgumentException("policies.path: there is no folder " + folder);
      }
      return Map.of();
    }
    return read(folder);
  }

  /**
   * The texts of a folder's files, or of a file, by their names.
   *
   * @throws IllegalArgumentException when they cannot be read
   */
  public static Map<String, String> read(Path place) {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.isDirectory(place) ? Files.list(place) : Stream.of(place)) {
      for (Path file : files.filter(PolicyFolder::isYaml).toList()) {
        texts.put(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(place + " cannot be read: " + e.getMessage(), e);
    }
    return texts;
  }

  private static boolean isYaml(Path file) {
    return file.toString().endsWith(".yml") || file.toString().endsWith(".yaml");
  }
}
