package dev.firebreak.ticket;

import dev.firebreak.run.Artifact;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names for attachments, unique in a ticket and the same on every try: artifacts are only ever
 * added, so those that are there keep their names. Pure.
 */
final class TicketNames {
  private static final int MAX_LENGTH = 120;

  private TicketNames() {}

  /**
   * The name of each artifact, by artifact id.
   *
   * @param artifacts all of an incident, oldest first
   */
  static Map<String, String> of(List<Artifact> artifacts) {
    Map<String, String> names = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    for (Artifact artifact : artifacts) {
      String name = clean(artifact.stepId() + "-" + artifact.name());
      String free = name;
      for (int n = 2; !taken.add(free.toLowerCase(Locale.ROOT)); n++) {
        free = numbered(name, n);
      }
      names.put(artifact.id(), free);
    }
    return names;
  }

  /** A file name that no system has reason to change. */
  static String clean(String name) {
    String safe = name.replaceAll("[^\\p{L}\\p{Nd}._-]", "_").replaceAll("^[._-]+", "");
    int over = safe.length() - MAX_LENGTH;
    if (over > 0) {
      int dot = extension(safe);
      safe = safe.substring(0, Math.max(1, dot - over)) + safe.substring(dot);
    }
    return safe.isEmpty() ? "artifact" : safe;
  }

  private static String numbered(String name, int n) {
    int dot = extension(name);
    return name.substring(0, dot) + "-" + n + name.substring(dot);
  }

  /** Where the extension begins, its end when there is none worth keeping. */
  private static int extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && name.length() - dot <= 12 ? dot : name.length();
  }
}
